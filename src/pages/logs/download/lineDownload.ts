/** Downloads all lines of a time range, page by page. Has no browser imports, so that tests can query a real Loki. */
import { excludeSeenEntries, type FetchLogLines, type LinePage, type LogEntry } from '../../../data/logs/logEntries';
import { classifyQueryError } from '../../../data/errors/classifyQueryError';
import { FORMATS, type LineFormat } from './lineFormats';

export interface DownloadProgress {
  /** Entries written. */
  lines: number;
  /** Bytes written. */
  bytes: number;
  /** All lines before this time (Unix, ns) are written. */
  reached: bigint;
  /** Time of the first line (Unix, ns); absent before the first line. */
  first?: bigint;
  /** Failed requests in a row; they are retried. */
  failures: number;
}

export interface DownloadOptions {
  expr: string;
  /** Unix time in nanoseconds, inclusive. */
  from: bigint;
  /** Unix time in nanoseconds, exclusive. */
  to: bigint;
  format: LineFormat;
  fetchLines: FetchLogLines;
  /** Called in order; the next page is fetched after it resolves. */
  write: (bytes: Uint8Array<ArrayBuffer>) => Promise<void>;
  onProgress: (progress: DownloadProgress) => void;
  /** Lines of one request; lowered if Loki allows fewer. */
  pageSize?: number;
}

/** More lines have one timestamp than Loki returns at once, and Loki has no way to request the rest. */
export class TimestampLimitError extends Error {
  override name = 'TimestampLimitError';
  constructor(
    /** Unix time in nanoseconds. */
    readonly time: bigint,
    /** Lines of one request. */
    readonly limit: number
  ) {
    super(`At least ${limit} lines have the timestamp ${time} ns`);
  }
}

/** The file couldn't be written; the download can't be resumed. */
export class WriteError extends Error {
  override name = 'WriteError';
}

/** Default of Loki's `max_entries_limit_per_query`. */
const PAGE_SIZE = 5000;

const SECOND_NS = BigInt(1_000_000_000);
const FIRST_SPAN_NS = BigInt(3600) * SECOND_NS;
const MIN_SPAN_NS = BigInt(10) * SECOND_NS;

/** After a faster response the next request may cover a longer time. */
const FAST_RESPONSE_MS = 5000;

/** Size of a full page after which a lowered limit is doubled: far below 4 MiB, Loki's default for one response. */
const SMALL_PAGE_BYTES = 1_048_576;

/** Delay after each failure in a row; one more failure ends the download. */
const RETRY_DELAYS_MS = [500, 2000, 4000, 8000];

interface ServerError {
  status?: number;
  message?: string;
  data?: { message?: string };
}

type LokiErrorKind =
  /** The page size exceeds what Loki allows. */
  { kind: 'limit'; allowed: number } | { kind: 'range-too-large' } | { kind: 'retryable' } | { kind: 'final' };

/** Classifies an error by its text. A status of 500 or more is always retryable: Grafana hides Loki's text then. */
function classifyLokiError({ status = 0, message = '', data }: ServerError): LokiErrorKind {
  const text = `${message} ${data?.message ?? ''}`;
  const allowed = /max_entries_limit_per_query \(\d+ > (\d+)\)/.exec(text)?.[1];
  if (allowed !== undefined) {
    return { kind: 'limit', allowed: Number(allowed) };
  }
  if (/time range exceeds the limit|would read too many bytes/.test(text)) {
    return { kind: 'range-too-large' };
  }
  if (classifyQueryError({ status, message, data }) === 'too-large') {
    return { kind: 'final' };
  }
  return { kind: status < 400 || status >= 500 || status === 408 || status === 429 ? 'retryable' : 'final' };
}

/** Rejects when the signal aborts, even if the promise ignores the signal. */
function withAbort<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/**
 * Creates a download. The returned function runs it to the end; call it again after an error or an abort to resume.
 *
 * Each request covers about as much time as one page holds, because Loki reads far ahead in longer ranges. The last
 * nanosecond of a full page is requested again with the next page, because it may have more lines.
 * @throws from the returned function: the signal's reason, TimestampLimitError, WriteError, or the last error of
 * `fetchLines`
 */
export function createLineDownload(options: DownloadOptions): (signal: AbortSignal) => Promise<DownloadProgress> {
  const { expr, from, to, fetchLines, write, onProgress, pageSize = PAGE_SIZE } = options;
  const format = FORMATS[options.format];
  const encoder = new TextEncoder();
  let progress: DownloadProgress = { lines: 0, bytes: 0, reached: from, failures: 0 };
  let limit = pageSize;
  let highestLimit = pageSize;
  let span = FIRST_SPAN_NS;
  /** Written entries with the timestamp `reached`. */
  let border: LogEntry[] = [];
  let isStarted = false;

  const report = (change: Partial<DownloadProgress>) => {
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

  const shortenSpan = () => {
    const shorter = span / BigInt(8);
    span = shorter < MIN_SPAN_NS ? MIN_SPAN_NS : shorter;
  };

  /** Adjusts the next request or waits; throws an error that can't be recovered from. */
  const recover = async (error: unknown, signal: AbortSignal) => {
    const classified = classifyLokiError(error as ServerError);
    if (classified.kind === 'limit' && classified.allowed > 0 && classified.allowed < limit) {
      limit = classified.allowed;
      highestLimit = limit;
    } else if (classified.kind === 'range-too-large' && span > MIN_SPAN_NS) {
      shortenSpan();
    } else if (classified.kind === 'retryable' && progress.failures < RETRY_DELAYS_MS.length) {
      const delay = RETRY_DELAYS_MS[progress.failures];
      // The error may be a timeout.
      shortenSpan();
      report({ failures: progress.failures + 1 });
      await withAbort(wait(delay), signal);
    } else {
      throw error;
    }
  };

  const writePage = async ({ entries, limit: answered = limit }: LinePage, end: bigint, tookMs: number) => {
    const { reached, lines, first } = progress;
    // Loki couldn't send more lines of this size, so the next request asks for as many.
    limit = answered;
    const last = entries[entries.length - 1]?.time;
    const isFull = entries.length >= limit;
    if (isFull && last === reached) {
      throw new TimestampLimitError(reached, limit);
    }
    const newEntries = excludeSeenEntries(entries, border);
    const bytes = newEntries.length > 0 ? await writeText(newEntries.map(format.formatEntry).join('')) : progress.bytes;
    if (isFull && bytes - progress.bytes < SMALL_PAGE_BYTES) {
      limit = Math.min(limit * 2, highestLimit);
    }
    border = isFull ? entries.filter(({ time }) => time === last) : [];
    if (isFull) {
      const expected = BigInt(2) * (last - reached);
      span = expected < MIN_SPAN_NS ? MIN_SPAN_NS : expected < span ? expected : span;
    } else if (entries.length < answered / 2 && tookMs < FAST_RESPONSE_MS) {
      span *= BigInt(4);
    }
    report({
      lines: lines + newEntries.length,
      bytes,
      reached: isFull ? last : end,
      first: first ?? newEntries[0]?.time,
      failures: 0,
    });
  };

  return async (signal) => {
    progress.failures = 0;
    if (!isStarted) {
      report({ bytes: format.header === '' ? 0 : await writeText(format.header) });
      isStarted = true;
    }
    while (progress.reached < to) {
      signal.throwIfAborted();
      const start = progress.reached;
      const end = start + span < to ? start + span : to;
      const requestedAt = performance.now();
      let page: LinePage;
      try {
        page = await withAbort(fetchLines({ expr, start, end, limit, direction: 'forward' }, signal), signal);
      } catch (error) {
        signal.throwIfAborted();
        await recover(error, signal);
        continue;
      }
      await writePage(page, end, performance.now() - requestedAt);
    }
    return progress;
  };
}
