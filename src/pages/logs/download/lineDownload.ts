/** Reads all lines of a time range from Loki, page by page. Runs where no browser is. */
import { excludeSeenEntries, type FetchLogLines, type LinePage, type LogEntry } from '../../../data/logs/logEntries';
import { FORMATS, type LineFormat } from './formats';

export interface DownloadProgress {
  /** Entries written. */
  lines: number;
  /** Bytes written. */
  bytes: number;
  /** All lines before this time (Unix, ns) are written. */
  reached: bigint;
  /** Time of the first line (Unix, ns); later than asked for where Loki keeps no older ones. */
  first?: bigint;
  /** How many times in a row Loki failed to answer; it is asked again. */
  failures: number;
}

export interface DownloadOptions {
  expr: string;
  /** Unix time in nanoseconds, inclusive. */
  from: bigint;
  /** Unix time in nanoseconds, exclusive. */
  to: bigint;
  format: LineFormat;
  ask: FetchLogLines;
  /** Takes what is to be written, in order; the next page is read when it is through. */
  write: (bytes: Uint8Array<ArrayBuffer>) => Promise<void>;
  onProgress: (progress: DownloadProgress) => void;
  /** Lines of one request; fewer where Loki allows no more. */
  pageSize?: number;
}

/** More lines have one time than Loki gives in a page: which of them are missing cannot be known. */
export class CrowdedTimeError extends Error {
  override name = 'CrowdedTimeError';
  constructor(
    /** Unix time in nanoseconds. */
    readonly time: bigint,
    /** Lines of a page. */
    readonly limit: number
  ) {
    super(`At ${time} ns there are ${limit} lines or more`);
  }
}

/** What was read could not be written; nothing can go on behind it. */
export class WriteError extends Error {
  override name = 'WriteError';
}

const PAGE_SIZE = 5000;

const SECOND = BigInt(1_000_000_000);
/** The first stretch of time that is asked for, and the shortest (ns). */
const FIRST_SPAN = BigInt(3600) * SECOND;
const SHORTEST_SPAN = BigInt(10) * SECOND;

/** A page that took less (ms) may be followed by one over a longer time. */
const QUICK = 5000;

/** Milliseconds to wait after each failure in a row; after one more it is given up. */
const RETRY_AFTER = [500, 2000, 4000, 8000];

interface ServerError {
  status?: number;
  message?: string;
  data?: { message?: string };
}

type Refusal = { kind: 'limit'; allowed: number } | { kind: 'too-much' } | { kind: 'again' } | { kind: 'final' };

/** What to do about an error of Loki. Grafana hides what it says with a status of 500 and more. */
function refusalOf({ status = 0, message = '', data }: ServerError): Refusal {
  const text = `${message} ${data?.message ?? ''}`;
  const allowed = /max_entries_limit_per_query \(\d+ > (\d+)\)/.exec(text)?.[1];
  if (allowed !== undefined) {
    return { kind: 'limit', allowed: Number(allowed) };
  }
  if (/time range exceeds the limit|would read too many bytes/.test(text)) {
    return { kind: 'too-much' };
  }
  return { kind: status < 400 || status >= 500 || status === 408 || status === 429 ? 'again' : 'final' };
}

/** Ends with the signal, whatever the promise does. */
function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/**
 * Prepares a download. What it gives reads from where it stopped before, at first from the start, to the end: after an
 * error or an abort, call it again to go on.
 *
 * It asks for stretches of time that hold about a page: Loki reads far ahead in longer ones. The last nanosecond of a
 * full page is asked for again with the next, for there may be more lines in it.
 * @throws of the function it gives: the signal's reason, CrowdedTimeError, WriteError, else what `ask` threw last
 */
export function lineDownload(options: DownloadOptions): (signal: AbortSignal) => Promise<DownloadProgress> {
  const { expr, from, to, ask, write, onProgress, pageSize = PAGE_SIZE } = options;
  const format = FORMATS[options.format];
  const encoder = new TextEncoder();
  let progress: DownloadProgress = { lines: 0, bytes: 0, reached: from, failures: 0 };
  let limit = pageSize;
  let span = FIRST_SPAN;
  /** Written entries of the time that is reached. */
  let border: LogEntry[] = [];
  let isStarted = false;

  const tell = (change: Partial<DownloadProgress>) => {
    progress = { ...progress, ...change };
    onProgress(progress);
  };

  const writeText = async (text: string) => {
    const bytes = encoder.encode(text);
    await write(bytes).catch((reason) => {
      throw new WriteError(String(reason?.message ?? reason), { cause: reason });
    });
    return progress.bytes + bytes.length;
  };

  /** Adjusts what is asked for, or waits. */
  const recover = async (error: unknown, signal: AbortSignal) => {
    const refusal = refusalOf(error as ServerError);
    if (refusal.kind === 'limit' && refusal.allowed > 0 && refusal.allowed < limit) {
      limit = refusal.allowed;
    } else if (refusal.kind === 'too-much' && span > SHORTEST_SPAN) {
      shorten();
    } else if (refusal.kind === 'again' && progress.failures < RETRY_AFTER.length) {
      const delay = RETRY_AFTER[progress.failures];
      // It may have taken too long.
      shorten();
      tell({ failures: progress.failures + 1 });
      await abortable(pause(delay), signal);
    } else {
      throw error;
    }
  };
  const shorten = () => {
    const shorter = span / BigInt(8);
    span = shorter < SHORTEST_SPAN ? SHORTEST_SPAN : shorter;
  };

  const take = async ({ entries }: LinePage, end: bigint, tookMs: number) => {
    const { reached, lines, first } = progress;
    const last = entries[entries.length - 1]?.time;
    const isFull = entries.length >= limit;
    if (isFull && last === reached) {
      throw new CrowdedTimeError(reached, limit);
    }
    const fresh = excludeSeenEntries(entries, border);
    const bytes = fresh.length > 0 ? await writeText(fresh.map(format.write).join('')) : progress.bytes;
    border = isFull ? entries.filter(({ time }) => time === last) : [];
    if (isFull) {
      const expected = BigInt(2) * (last - reached);
      span = expected < SHORTEST_SPAN ? SHORTEST_SPAN : expected < span ? expected : span;
    } else if (entries.length < limit / 2 && tookMs < QUICK) {
      span *= BigInt(4);
    }
    tell({
      lines: lines + fresh.length,
      bytes,
      reached: isFull ? last : end,
      first: first ?? fresh[0]?.time,
      failures: 0,
    });
  };

  return async (signal) => {
    progress.failures = 0;
    if (!isStarted) {
      tell({ bytes: format.header === '' ? 0 : await writeText(format.header) });
      isStarted = true;
    }
    while (progress.reached < to) {
      signal.throwIfAborted();
      const start = progress.reached;
      const end = start + span < to ? start + span : to;
      const asked = performance.now();
      let page: LinePage;
      try {
        page = await abortable(ask({ expr, start, end, limit, direction: 'forward' }, signal), signal);
      } catch (error) {
        signal.throwIfAborted();
        await recover(error, signal);
        continue;
      }
      await take(page, end, performance.now() - asked);
    }
    return progress;
  };
}
