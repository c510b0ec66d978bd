import { appendFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import type { LogEffect } from '../engine/types';

/** containerd splits a longer line into parts of this many bytes, all but the last marked P. */
const MAX_PART_BYTES = 16 * 1024;

/**
 * The lines of one log entry in CRI format, as containerd writes them, each with its line end.
 * @param nanoseconds below the millisecond of `time`, from 0 to 999999, so that no two lines share a time
 */
export function formatCriLines(time: number, nanoseconds: number, stream: string, line: string): Buffer {
  const stamp = `${new Date(time).toISOString().slice(0, 23)}${String(nanoseconds).padStart(6, '0')}Z`;
  if (line.length <= MAX_PART_BYTES / 4) {
    return Buffer.from(`${stamp} ${stream} F ${line}\n`);
  }
  // Cut by bytes, as containerd does, even within a character.
  const bytes = Buffer.from(line);
  const parts: Buffer[] = [];
  for (let from = 0; from < bytes.length; from += MAX_PART_BYTES) {
    const part = bytes.subarray(from, from + MAX_PART_BYTES);
    const tag = from + MAX_PART_BYTES < bytes.length ? 'P' : 'F';
    parts.push(Buffer.from(`${stamp} ${stream} ${tag} `), part, Buffer.from('\n'));
  }
  return Buffer.concat(parts);
}

/**
 * Container log files: one root a node, each laid out as /var/log/pods,
 * `<root>/<node>/pods/<namespace>_<pod>_<uid>/<container>/<restart>.log`.
 * The uid in the path is the world's; the API server gives the pod object another one. Nothing joins the two.
 */
export class LogFiles {
  private readonly pending = new Map<string, Buffer[]>();
  private readonly createdFiles = new Set<string>();
  private sequence = 0;

  constructor(readonly root: string) {}

  /** Path of the file that a line belongs to. */
  getPath({ node, namespace, pod, uid, container, restart }: LogEffect): string {
    return path.join(this.root, node, 'pods', `${namespace}_${pod}_${uid}`, container, `${restart}.log`);
  }

  /** Takes lines; {@link flush} writes them. */
  add(effect: LogEffect): void {
    const file = this.getPath(effect);
    this.sequence = (this.sequence + 1) % 1_000_000;
    const text = formatCriLines(effect.time, this.sequence, effect.stream, effect.line);
    const lines = this.pending.get(file);
    if (lines) {
      lines.push(text);
    } else {
      this.pending.set(file, [text]);
    }
  }

  /** Appends what was taken to the files. */
  flush(): void {
    for (const [file, lines] of this.pending) {
      if (!this.createdFiles.has(file)) {
        mkdirSync(path.dirname(file), { recursive: true });
        this.createdFiles.add(file);
      }
      appendFileSync(file, Buffer.concat(lines));
    }
    this.pending.clear();
  }
}
