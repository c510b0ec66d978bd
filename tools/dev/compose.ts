/** `make dev` in Docker Compose: the volumes of a demo that was stopped are the snapshot. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ManagedProcess } from '../engines';
import { PROJECT_ROOT } from '../projectRoot';
import { setPageClock } from './frozenClock';
import { getFrozenTime, isFresh } from './snapshot';

const PROJECT = 'sedna-ops-dev';
const DEMO_FILE = 'docker-compose.yaml';
const DEV_FILE = path.join('tools', 'dev', 'compose.yaml');

/** Services that the snapshot needs; the others of the demo only create it. */
const SERVED = ['grafana', 'prometheus', 'loki'];

/** The page of Grafana in its image. */
const PAGE = '/usr/share/grafana/public/views/index.html';

/** Where the simulation writes which time it has played; refer to simulator/compose/simulation.ts. */
const RANGE = '/history/range';

type Environment = Readonly<Record<string, string>>;

/** Runs Docker Compose. The result is what it printed if `capture` is set, and empty otherwise. */
export type Compose = (command: readonly string[], env: Environment, capture?: boolean) => Promise<string>;

export interface ComposeOptions {
  /** Folder for the page of Grafana, and for the record of the snapshot in the volumes. */
  dir: string;
  /** Changes when the data must be created again. */
  key: string;
  grafanaPort: number;
  log: (line: string) => void;
  compose?: Compose;
}

interface VolumeRecord {
  key: string;
  frozenAt: string;
}

/**
 * Starts Grafana, Prometheus, and Loki on the volumes, after creating those when there are none for the key.
 * @throws naming the command that failed
 */
export async function startCompose(options: ComposeOptions): Promise<ManagedProcess> {
  const { dir, key, grafanaPort, log, compose = runCompose } = options;
  const page = path.join(dir, 'index.html');
  const recordFile = path.join(dir, 'snapshot.json');
  const env = { SEDNA_DEV_PORT: String(grafanaPort), SEDNA_DEV_PAGE: page };
  const dev = (...command: string[]) => compose(['--file', DEMO_FILE, '--file', DEV_FILE, ...command], env);
  mkdirSync(dir, { recursive: true });

  // The file of the demo alone: the other one replaces the page.
  const cat = ['run', '--rm', '--no-deps', '-T', '--entrypoint', 'cat', 'grafana', PAGE];
  const original = await compose(['--project-name', PROJECT, '--file', DEMO_FILE, ...cat], env, true);
  let record = readRecord(recordFile);
  if (record?.key !== key || !isFresh(new Date(record.frozenAt))) {
    log('Creating the snapshot of data. This happens once, and again when the simulator or the collection changes.');
    rmSync(recordFile, { force: true });
    // Compose checks the sources of all mounts, also of services that it doesn't start.
    writeFileSync(page, original);
    await dev('down', '--volumes');
    await dev('up', '--build', '--wait', '--wait-timeout', '1800', '--scale', 'grafana=0');
    const range = await compose(
      ['--file', DEMO_FILE, '--file', DEV_FILE, 'exec', '-T', 'sedna', 'cat', RANGE],
      env,
      true
    );
    await dev('stop');
    record = { key, frozenAt: getFrozenTime(parseHistoryEnd(range)).toISOString() };
    writeFileSync(recordFile, `${JSON.stringify(record)}\n`);
  }
  writeFileSync(page, setPageClock(original, new Date(record.frozenAt)));
  await dev('up', '--wait', '--no-deps', ...SERVED);
  return {
    name: 'docker compose',
    url: `http://127.0.0.1:${grafanaPort}`,
    pid: process.pid,
    logFile: '',
    stop: async () => {
      await dev('stop');
    },
  };
}

/** Returns the end of the history that the simulation has played. @throws when the text names none */
export function parseHistoryEnd(range: string): Date {
  const seconds = /^TO=(\d+)$/m.exec(range)?.[1];
  if (!seconds) {
    throw new Error(`${RANGE} doesn't name the end of the history: "${range}"`);
  }
  return new Date(Number(seconds) * 1000);
}

function readRecord(file: string): VolumeRecord | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as VolumeRecord;
  } catch {
    return undefined;
  }
}

async function runCompose(command: readonly string[], env: Environment, capture = false): Promise<string> {
  const settings = { cwd: PROJECT_ROOT, env: { ...process.env, ...env } };
  if (capture) {
    return execFileSync('docker', ['compose', ...command], { ...settings, encoding: 'utf8' });
  }
  const child = spawn('docker', ['compose', ...command], { ...settings, stdio: 'inherit' });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  if (code !== 0) {
    throw new Error(
      `docker compose ${command.join(' ')} failed; "docker compose --project-name ${PROJECT} logs" says why.`
    );
  }
  return '';
}
