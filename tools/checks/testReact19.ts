/**
 * Runs the type check and the unit tests with the packages of Grafana 13.2 and React 19. Installs them into the cache
 * outside the repository, so that no package of the repository is resolved by accident.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { getCacheFolder } from '../engines/binaries';

const ROOT = join(__dirname, '..', '..');
const PACKAGES = join(ROOT, 'tests', 'grafana-13');
const DIR = join(getCacheFolder(), 'grafana-13');
const COPIED = ['src', 'docs', '.config', 'jest', 'jest.config.js', 'jest-setup.js', 'tsconfig.json'];

function run(command: string, args: string[]): void {
  const { status } = spawnSync(command, args, { cwd: DIR, stdio: 'inherit' });
  if (status !== 0) {
    console.error(`${command} ${args.join(' ')} failed with the packages of Grafana 13.2 (exit code ${status})`);
    process.exit(status ?? 1);
  }
}

function install(): void {
  const lock = join(PACKAGES, 'package-lock.json');
  const wanted = createHash('sha256').update(readFileSync(lock)).digest('hex');
  const stamp = join(DIR, '.installed');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) {
    return;
  }
  console.log('Installing the packages of Grafana 13.2 and React 19, which takes some minutes the first time');
  for (const name of ['package.json', 'package-lock.json', '.npmrc']) {
    cpSync(join(PACKAGES, name), join(DIR, name));
  }
  run('npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error']);
  writeFileSync(stamp, wanted);
}

mkdirSync(DIR, { recursive: true });
install();
for (const name of COPIED) {
  rmSync(join(DIR, name), { recursive: true, force: true });
  cpSync(join(ROOT, name), join(DIR, name), { recursive: true });
}
run(join(DIR, 'node_modules/.bin/tsc'), ['--noEmit']);
run(join(DIR, 'node_modules/.bin/jest'), []);
