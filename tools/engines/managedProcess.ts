import { spawn, type ChildProcess } from 'node:child_process';
import { accessSync, closeSync, constants, mkdirSync, openSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { waitFor } from './wait';

/** A server that runs as a child of this process. */
export interface ManagedProcess {
  name: string;
  /** URL without a trailing slash. For the log collector, which has no server, the URL that it sends to. */
  url: string;
  pid: number;
  /** File with its standard output and error. */
  logFile: string;
  /** Terminates it, and kills it after 10 s. Resolves after it exited. Can be called twice. */
  stop(): Promise<void>;
}

export interface ManagedProcessOptions {
  name: string;
  binary: string;
  args: readonly string[];
  /** Added to the environment of this process. */
  env?: Readonly<Record<string, string>>;
  /** Folder for the log file, created if missing. */
  dir: string;
  url: string;
  /** Whether it accepts requests. An error counts as "not yet". */
  ready: (engine: { logFile: string }) => Promise<boolean> | boolean;
  /** Time until it must be ready in milliseconds, 60 s by default. */
  timeoutMs?: number;
}

/** Returns a loopback port that is currently free. */
export function getFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** Whether a loopback port is currently free. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/**
 * Starts a server and waits until it is ready. It ends with this process: after an exit or a crash, and on Linux with
 * setpriv also after SIGKILL.
 * @throws if it exits or isn't ready in time, with the last lines of its log
 */
export async function startProcess(options: ManagedProcessOptions): Promise<ManagedProcess> {
  const { name, binary, args, env, dir, url, ready, timeoutMs = 60_000 } = options;
  mkdirSync(dir, { recursive: true });
  const logFile = path.join(dir, `${name}.log`);
  const log = openSync(logFile, 'a');
  const [command, ...rest] = [...buildKillWithParentPrefix(), binary, ...args];
  const child = spawn(command, rest, { stdio: ['ignore', log, log], env: { ...process.env, ...env } });
  closeSync(log);
  const exit = watchExit(child);

  try {
    await waitFor(
      `${name} to be ready`,
      () => {
        if (exit.done) {
          throw new ProcessEndedError(`${name} stopped: ${exit.reason}`);
        }
        return ready({ logFile });
      },
      { timeoutMs, giveUpOn: ProcessEndedError }
    );
  } catch (error) {
    await stopChild(child, exit);
    throw new Error(`${(error as Error).message}\nLast lines of ${logFile}:\n${readLastLines(logFile)}`, {
      cause: error,
    });
  }
  return { name, url, pid: child.pid!, logFile, stop: () => stopChild(child, exit) };
}

class ProcessEndedError extends Error {}

interface ExitState {
  done: boolean;
  reason: string;
  promise: Promise<void>;
}

const running = new Set<ChildProcess>();
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));

function watchExit(child: ChildProcess): ExitState {
  running.add(child);
  const end: ExitState = { done: false, reason: '', promise: Promise.resolve() };
  end.promise = new Promise((resolve) => {
    const finish = (reason: string) => {
      running.delete(child);
      end.done = true;
      end.reason = reason;
      resolve();
    };
    child.once('error', (error) => finish(error.message));
    child.once('exit', (code, signal) => finish(signal ? `killed by ${signal}` : `exit code ${code}`));
  });
  return end;
}

async function stopChild(child: ChildProcess, exit: ExitState): Promise<void> {
  if (exit.done) {
    return;
  }
  child.kill('SIGTERM');
  const killer = new AbortController();
  const kill = sleep(10_000, undefined, { signal: killer.signal }).then(
    () => child.kill('SIGKILL'),
    () => undefined
  );
  await exit.promise;
  killer.abort();
  await kill;
}

function buildKillWithParentPrefix(): string[] {
  const setpriv = '/usr/bin/setpriv';
  try {
    accessSync(setpriv, constants.X_OK);
    return process.platform === 'linux' ? [setpriv, '--pdeathsig', 'KILL', '--'] : [];
  } catch {
    return [];
  }
}

function readLastLines(file: string): string {
  return readFileSync(file, 'utf8').split('\n').slice(-25).join('\n');
}
