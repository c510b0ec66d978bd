import { appendFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import type { LogEffect } from '../engine/types';

/** containerd splits longer lines into parts of this size, and marks all but the last with P. */
const MAX_PART_BYTES = 16 * 1024;

/**
 * Formats a log line in CRI format like containerd, with line breaks.
 * @param nanoseconds added to the milliseconds of `time`, from 0 to 999,999, so that every line has a unique time
 */
export function formatCriLines(time: number, nanoseconds: number, stream: string, line: string): Buffer {
  const stamp = `${new Date(time).toISOString().slice(0, 23)}${String(nanoseconds).padStart(6, '0')}Z`;
  if (line.length <= MAX_PART_BYTES / 4) {
    return Buffer.from(`${stamp} ${stream} F ${line}\n`);
  }
  // containerd splits at bytes, even within a character.
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
 * Writes container log files with the layout of /var/log/pods and one root per node:
 * `<root>/<node>/pods/<namespace>_<pod>_<uid>/<container>/<restart>.log`.
 */
export class LogFiles {
  private readonly pending = new Map<string, Buffer[]>();
  private readonly createdFiles = new Set<string>();
  private readonly uids = new Map<string, string>();
  private sequence = 0;

  /**
   * @param getServerUid returns the uid of a pod in the API server; by default paths contain the uid of the effect
   */
  constructor(
    readonly root: string,
    private readonly getServerUid: (uid: string) => string | undefined = () => undefined
  ) {}

  /** Returns the path of the file for a line. */
  getPath({ node, namespace, pod, uid, container, restart }: LogEffect): string {
    return path.join(this.root, node, 'pods', `${namespace}_${pod}_${this.getUid(uid)}`, container, `${restart}.log`);
  }

  /** Returns the uid in the path of a pod: that of its first line, so that each container keeps one file. */
  private getUid(uid: string): string {
    const used = this.uids.get(uid) ?? this.getServerUid(uid) ?? uid;
    this.uids.set(uid, used);
    return used;
  }

  /** Buffers a line. Call {@link flush} to write it. */
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

  /** Appends the buffered lines to the files. */
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
