import { spawn, type ChildProcess } from 'node:child_process';
import { accessSync, closeSync, constants, mkdirSync, openSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { waitFor } from './wait';

/** An engine that runs as a child of this process. */
export interface ManagedProcess {
  name: string;
  /** Address without a slash at the end; of the log collector, which serves nothing, the address that it sends to. */
  url: string;
  pid: number;
  /** What the engine wrote to its standard output and error. */
  logFile: string;
  /** Asks it to end, after 10 s makes it; resolves when it is gone. May be called twice. */
  stop(): Promise<void>;
}

export interface ManagedProcessOptions {
  name: string;
  binary: string;
  args: readonly string[];
  /** Added to this process's environment. */
  env?: Readonly<Record<string, string>>;
  /** Folder for the log file; made when it is missing. */
  dir: string;
  url: string;
  /** Whether it serves; may throw for "not yet". */
  ready: (engine: { logFile: string }) => Promise<boolean> | boolean;
  /** Milliseconds until it must be ready; 60 s unless told. */
  timeoutMs?: number;
}

/** Asks the kernel for a loopback port that is free now. */
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

/** Whether a loopback port can be listened on now. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/**
 * Starts an engine and waits until it serves.
 * It never outlives this process: it is killed when this process exits or crashes, and on Linux, where setpriv is,
 * also when this process is killed without a chance to clean up.
 * @throws when it ends or is not ready in time, with the last lines of its log
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
          throw new ProcessEndedError(`${name} ended: ${exit.reason}`);
        }
        return ready({ logFile });
      },
      { timeoutMs, giveUpOn: ProcessEndedError }
    );
  } catch (error) {
    await stopChild(child, exit);
    throw new Error(`${(error as Error).message}\nlast lines of ${logFile}:\n${readLastLines(logFile)}`, {
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
