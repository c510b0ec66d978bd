import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { findBinary } from './binaries';
import { startProcess } from './managedProcess';
import { ProcessGroup } from './processGroup';
import { waitFor } from './wait';

const createFolder = () => mkdtempSync(path.join(tmpdir(), 'sedna-ops-native-'));

/** Returns the options of a process that runs a Node script. */
const script = (name: string, code: string, ready = true) => ({
  name,
  binary: process.execPath,
  args: ['-e', code],
  dir: createFolder(),
  url: 'http://127.0.0.1',
  ready: ({ logFile }: { logFile: string }) => ready && readFileSync(logFile, 'utf8').includes('ready'),
  timeoutMs: ready ? 20_000 : 300,
});
const SERVE = "console.log('ready'); setInterval(() => {}, 1000)";

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test('a process group stops its processes in reverse order', async () => {
  const stack = new ProcessGroup();
  const stopped: string[] = [];
  for (const name of ['first', 'second']) {
    const engine = await startProcess(script(name, SERVE));
    await stack.add(Promise.resolve({ ...engine, stop: () => engine.stop().then(() => void stopped.push(name)) }));
    assert.ok(isRunning(engine.pid));
  }
  await stack.stop();
  assert.deepEqual(stopped, ['second', 'first']);
});

test('starting a process that exits fails with its exit code and the end of its log', async () => {
  await assert.rejects(startProcess(script('broken', "console.error('no such option'); process.exit(3)")), (error) => {
    assert.match(String(error), /broken stopped: exit code 3/);
    assert.match(String(error), /no such option/);
    return true;
  });
});

test('a process that is not ready in time is stopped together with the processes started before it', async () => {
  const stack = new ProcessGroup();
  const first = await stack.add(startProcess(script('first', SERVE)));
  await assert.rejects(
    stack.add(startProcess(script('slow', SERVE, false))),
    /Timed out after 0.3 s waiting for slow to be ready/
  );
  assert.ok(!isRunning(first.pid));
});

test('processes end with a parent that crashes, is terminated, or is killed', async () => {
  const code = `
    const { startProcess } = require(${JSON.stringify(path.join(__dirname, 'managedProcess.ts'))});
    const { ProcessGroup } = require(${JSON.stringify(path.join(__dirname, 'processGroup.ts'))});
    const engine = { name: 'e', binary: process.execPath, args: ['-e', 'setInterval(() => {}, 1000)'], dir: process.argv[1],
      url: '', ready: () => true };
    new ProcessGroup().add(startProcess(engine)).then(({ pid }) => {
      console.log(pid);
      process.stdin.once('data', () => { throw new Error('crash'); });
    });`;
  for (const end of ['crash', 'SIGTERM', 'SIGKILL'] as const) {
    const parent = spawn(process.execPath, ['--import', 'tsx', '-e', code, createFolder()], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const pid = await new Promise<number>((resolve) => parent.stdout.once('data', (data) => resolve(Number(data))));
    assert.ok(isRunning(pid));
    if (end === 'crash') {
      parent.stdin.write('now');
    } else {
      parent.kill(end);
    }
    await waitFor(`the engine to end after ${end}`, () => !isRunning(pid), { timeoutMs: 20_000 });
  }
});

test('a missing binary fails with the command that installs it', () => {
  const before = process.env.SEDNA_OPS_CACHE;
  process.env.SEDNA_OPS_CACHE = createFolder();
  try {
    assert.throws(() => findBinary('loki'), /loki is missing in .*\. Run "make backends"/);
  } finally {
    if (before === undefined) {
      delete process.env.SEDNA_OPS_CACHE;
    } else {
      process.env.SEDNA_OPS_CACHE = before;
    }
  }
});
