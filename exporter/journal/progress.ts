/**
 * How far the journal got: what is kept of each object, so that after a restart only what happened since is written. An
 * append-only file of JSON lines, rewritten when it has grown; without a file, all is forgotten.
 */
import {
  appendFileSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  utimesSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { asObject, type JsonObject } from '../cluster/extract/values';

const PROGRESS_VERSION = 1;

/** What is kept under a key. */
export interface SavedState {
  state: JsonObject;
  /** A long list, of which a save writes only the part that differs. */
  list?: readonly number[];
}

/** A change of what is kept under a key. */
export interface ProgressChange {
  key: string;
  /** Returns what is kept now; absent if the key is gone. A function, so that nothing is in memory twice. */
  get?: () => SavedState;
  /** First index at which the list differs from that of the last change; 0 by default. */
  from?: number;
}

interface Line {
  k: string;
  s?: JsonObject;
  f?: number;
  t?: readonly number[];
}

export interface ProgressOptions {
  file?: string;
  onError: (message: string) => void;
  /** Bytes by which the file may grow before it is rewritten; at least its own size. */
  minGrowthBytes?: number;
}

export class Progress {
  /** Last time at which the file was saved, in milliseconds since 1970; undefined without a usable file. */
  readonly savedAtMs?: number;
  /** What the file held at the start, by key. */
  readonly saved = new Map<string, SavedState>();

  private readonly current: Map<string, () => SavedState> | undefined;
  private sizeBytes = 0;
  private grownBytes = 0;
  /** Whether a save failed, so that the file lacks something until it is rewritten. */
  private incomplete = false;

  constructor(private readonly options: ProgressOptions) {
    const { file } = options;
    if (file === undefined) {
      return;
    }
    try {
      this.savedAtMs = this.load(file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
        options.onError(`can't be read: ${(error as Error).message}`);
      }
    }
    this.current = new Map([...this.saved].map(([key, saved]) => [key, () => saved]));
    // Also finds out now whether the file is writable, and drops a line that was cut by a crash.
    this.rewrite();
  }

  /** Saves changes at once. A save that fails is made up for by the next one. */
  save(changes: readonly ProgressChange[]): void {
    if (!this.current) {
      return;
    }
    for (const { key, get } of changes) {
      if (get) {
        this.current.set(key, get);
      } else {
        this.current.delete(key);
      }
    }
    if (this.incomplete || this.grownBytes > Math.max(this.sizeBytes, this.options.minGrowthBytes ?? 4_000_000)) {
      this.rewrite();
      return;
    }
    const text = changes.map(({ key, get, from }) => formatLine(key, get?.(), from)).join('');
    this.attempt(() => {
      appendFileSync(this.options.file!, text);
      this.grownBytes += text.length;
    });
  }

  /** Records that the exporter runs, although nothing happens. Makes up for a save that failed. */
  touch(): void {
    if (!this.current) {
      return;
    }
    if (this.incomplete) {
      this.rewrite();
    }
    this.attempt(() => utimesSync(this.options.file!, new Date(), new Date()));
  }

  private load(file: string): number {
    const { mtimeMs } = statSync(file);
    const lines = readFileSync(file, 'utf8').split('\n');
    const header = asObject(tryParse(lines[0]));
    if (header?.v !== PROGRESS_VERSION) {
      throw new Error(`version ${String(header?.v)} isn't ${PROGRESS_VERSION}`);
    }
    for (const text of lines.slice(1)) {
      const line = asObject(tryParse(text));
      if (typeof line?.k === 'string') {
        applyLine(this.saved, line as unknown as Line);
      }
    }
    return mtimeMs;
  }

  /** Writes a new file beside the old one and replaces it, so that a crash leaves one of them. */
  private rewrite(): void {
    const file = this.options.file!;
    this.attempt(() => {
      mkdirSync(path.dirname(file), { recursive: true });
      const temporary = `${file}.new`;
      const descriptor = openSync(temporary, 'w', 0o600);
      let bytes = 0;
      try {
        let chunk = `${JSON.stringify({ v: PROGRESS_VERSION })}\n`;
        for (const [key, get] of this.current!) {
          chunk += formatLine(key, get());
          if (chunk.length > CHUNK_LENGTH) {
            bytes += writeSync(descriptor, chunk);
            chunk = '';
          }
        }
        bytes += writeSync(descriptor, chunk);
        fsyncSync(descriptor);
      } finally {
        closeSync(descriptor);
      }
      renameSync(temporary, file);
      this.sizeBytes = bytes;
      this.grownBytes = 0;
      this.incomplete = false;
    });
  }

  private attempt(write: () => void): void {
    try {
      write();
    } catch (error) {
      this.incomplete = true;
      this.options.onError(`can't be saved: ${(error as Error).message}`);
    }
  }
}

const CHUNK_LENGTH = 1_000_000;

function formatLine(key: string, saved: SavedState | undefined, from = 0): string {
  const line: Line = { k: key, s: saved?.state, ...(saved?.list && { f: from, t: saved.list.slice(from) }) };
  return `${JSON.stringify(line)}\n`;
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A line that was cut by a crash. What it held is written again.
    return undefined;
  }
}

function applyLine(states: Map<string, SavedState>, { k: key, s, f, t }: Line): void {
  const state = asObject(s);
  if (!state) {
    states.delete(key);
    return;
  }
  // Grows in place, because a list may have thousands of items that were appended one by one.
  const list = (states.get(key)?.list ?? []) as number[];
  if (typeof f === 'number' && Array.isArray(t)) {
    list.length = Math.min(list.length, f);
    t.forEach((item) => typeof item === 'number' && list.push(item));
  }
  states.set(key, { state, list });
}
