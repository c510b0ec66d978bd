/** Runs kubectl, which knows the cluster and how to log in. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface Kubectl {
  /** Name or path of the program. */
  binary: string;
  /** Arguments of each call, such as `--context`. */
  args: readonly string[];
  /** Kills all running calls when it aborts. */
  signal: AbortSignal;
}

export class KubectlError extends Error {
  constructor(args: readonly string[], stderr: string) {
    super(`kubectl ${args.slice(0, 4).join(' ')}: ${stderr.trim() || 'failed'}`);
  }
}

function start(
  { binary, args, signal }: Kubectl,
  more: readonly string[]
): { child: ChildProcess; stderr: () => string } {
  const child = spawn(binary, [...args, ...more], { stdio: ['ignore', 'pipe', 'pipe'], signal, killSignal: 'SIGTERM' });
  let text = '';
  child.stderr!.on('data', (chunk: Buffer) => (text = (text + chunk.toString()).slice(-2000)));
  // An abort is reported as an error too; the exit code tells the rest.
  child.on('error', (error) => (text ||= error.message));
  return { child, stderr: () => text };
}

/** Resolves with the exit code; null for a process that was killed. */
const waitForExit = (child: ChildProcess) =>
  new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));

/**
 * Calls a function with each line of the output, until the program ends.
 * @throws KubectlError if it fails; an abort is no failure
 */
export async function followLines(
  kubectl: Kubectl,
  args: readonly string[],
  onLine: (line: string) => void
): Promise<void> {
  const { child, stderr } = start(kubectl, args);
  const closed = waitForExit(child);
  for await (const line of createInterface({ input: child.stdout!, crlfDelay: Infinity })) {
    onLine(line);
  }
  if ((await closed) !== 0 && !kubectl.signal.aborted) {
    throw new KubectlError(args, stderr());
  }
}

/** Returns the whole output. @throws KubectlError if the program fails */
export async function readOutput(kubectl: Kubectl, args: readonly string[]): Promise<Buffer> {
  const { child, stderr } = start(kubectl, args);
  const closed = waitForExit(child);
  const chunks: Buffer[] = [];
  child.stdout!.on('data', (chunk: Buffer) => chunks.push(chunk));
  if ((await closed) !== 0) {
    throw new KubectlError(args, stderr());
  }
  return Buffer.concat(chunks);
}
