import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';

/** Size at which a file is rotated, as kubelet does by default. */
const MAX_FILE_BYTES = 10_000_000;

/**
 * Returns a function that appends lines to a file like a container runtime (CRI), for runs without one. Keeps one rotated
 * file beside it.
 */
export function createLogFileWriter(file: string, maxBytes = MAX_FILE_BYTES): (line: Uint8Array) => number {
  return (line) => {
    mkdirSync(path.dirname(file), { recursive: true });
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > maxBytes) {
      renameSync(file, `${file}.1`);
    }
    appendFileSync(file, Buffer.concat([Buffer.from(`${new Date().toISOString()} stdout F `), line]));
    return line.length;
  };
}
