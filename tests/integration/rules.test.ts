import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { findBinary } from '../../tools/engines';

const prometheus = path.join(__dirname, '..', '..', 'collection', 'prometheus');

async function promtool(...args: string[]): Promise<void> {
  try {
    await promisify(execFile)(findBinary('promtool'), args, { cwd: prometheus });
  } catch (error) {
    const { stdout = '', stderr = '', message } = error as Error & { stdout?: string; stderr?: string };
    throw new Error(`${message}\n${stdout}${stderr}`);
  }
}

test('promtool accepts the configuration', () => promtool('check', 'config', 'prometheus.yml'));
test('promtool accepts the rules', () => promtool('check', 'rules', 'rules/sedna.yaml'));

for (const file of readdirSync(path.join(prometheus, 'rules')).filter((name) => name.endsWith('_test.yaml'))) {
  test(`the rules pass the tests in ${file}`, () => promtool('test', 'rules', `rules/${file}`));
}
