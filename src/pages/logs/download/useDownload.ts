import { useCallback, useEffect, useRef, useState } from 'react';
import { fetchLogEntries } from '../../../data/logs/lokiApi';
import { FORMATS, type LineFormat } from './formats';
import { lineDownload, WriteError, type DownloadProgress } from './lineDownload';
import { openDownloadSink, type DownloadSink } from '../../../data/files/downloadSink';

export type DownloadState =
  | { phase: 'choosing' }
  | { phase: 'running'; progress: DownloadProgress }
  | { phase: 'done'; progress: DownloadProgress }
  /** Stopped by the person or by an error; the part is there to be kept, or was. */
  | { phase: 'stopped'; progress: DownloadProgress; error?: unknown; isKept: boolean };

export interface DownloadOrder {
  expr: string;
  /** Unix time in nanoseconds. */
  from: bigint;
  to: bigint;
  format: LineFormat;
  /** File name without extension. */
  name: string;
}

interface Work {
  target: DownloadSink;
  read: (signal: AbortSignal) => Promise<DownloadProgress>;
  stop: AbortController;
}

/** One download at a time; it is dropped with what it wrote when the component goes. */
export function useDownload() {
  const [state, setState] = useState<DownloadState>({ phase: 'choosing' });
  const work = useRef<Work>(undefined);

  const drop = useCallback(async () => {
    const { current } = work;
    work.current = undefined;
    current?.stop.abort();
    await current?.target.discard();
  }, []);
  useEffect(() => () => void drop(), [drop]);

  const run = async (job: Work) => {
    const stop = (job.stop = new AbortController());
    let error: unknown;
    try {
      const progress = await job.read(stop.signal);
      await job.target.finish().catch((reason) => {
        throw new WriteError(String(reason?.message ?? reason), { cause: reason });
      });
      if (work.current === job) {
        work.current = undefined;
        setState({ phase: 'done', progress });
      }
      return;
    } catch (reason) {
      error = stop.signal.aborted ? undefined : reason;
    }
    if (work.current === job) {
      setState((before) =>
        'progress' in before ? { phase: 'stopped', progress: before.progress, error, isKept: false } : before
      );
    }
  };

  const start = async ({ expr, from, to, format, name }: DownloadOrder) => {
    const target = await openDownloadSink({ name, ...FORMATS[format] });
    if (!target) {
      return;
    }
    const job: Work = {
      target,
      stop: new AbortController(),
      read: lineDownload({
        expr,
        from,
        to,
        format,
        ask: fetchLogEntries,
        write: target.write,
        onProgress: (progress) => {
          if (work.current === job) {
            setState({ phase: 'running', progress });
          }
        },
      }),
    };
    work.current = job;
    setState({ phase: 'running', progress: { lines: 0, bytes: 0, reached: from, failures: 0 } });
    await run(job);
  };

  const goOn = async () => {
    if (work.current && state.phase === 'stopped') {
      setState({ phase: 'running', progress: state.progress });
      await run(work.current);
    }
  };

  const keepPart = async () => {
    const job = work.current;
    if (!job || state.phase !== 'stopped') {
      return;
    }
    try {
      if (await job.target.keepPart()) {
        work.current = undefined;
        setState({ ...state, isKept: true });
      }
    } catch (error) {
      setState({ ...state, error });
    }
  };

  const cancel = () => work.current?.stop.abort();

  return { state, start, goOn, cancel, keepPart };
}
