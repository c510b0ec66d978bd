import { useCallback, useEffect, useRef, useState } from 'react';
import { openDownloadSink, type DownloadSink } from '../../../data/files/downloadSink';
import { fetchLogEntries } from '../../../data/logs/lokiApi';
import { createLineDownload, WriteError, type DownloadProgress } from './lineDownload';
import { FORMATS, type LineFormat } from './lineFormats';

export type DownloadState =
  | { phase: 'choosing' }
  | { phase: 'running'; progress: DownloadProgress }
  | { phase: 'done'; progress: DownloadProgress }
  /** Canceled by the user, or stopped by `error`. `isSaved`: the partial file was saved, which ends the download. */
  | { phase: 'stopped'; progress: DownloadProgress; error?: unknown; isSaved: boolean };

export interface DownloadRequest {
  expr: string;
  /** Unix time in nanoseconds. */
  from: bigint;
  to: bigint;
  format: LineFormat;
  /** File name without extension. */
  name: string;
}

interface Download {
  target: DownloadSink;
  run: (signal: AbortSignal) => Promise<DownloadProgress>;
  abort: AbortController;
}

/** Runs one download at a time. Unmounting aborts it and discards its file. */
export function useDownload() {
  const [state, setState] = useState<DownloadState>({ phase: 'choosing' });
  const current = useRef<Download>(undefined);

  const discard = useCallback(async () => {
    const download = current.current;
    current.current = undefined;
    download?.abort.abort();
    await download?.target.discard();
  }, []);
  useEffect(() => () => void discard(), [discard]);

  const run = async (download: Download) => {
    const abort = (download.abort = new AbortController());
    let error: unknown;
    try {
      const progress = await download.run(abort.signal);
      await download.target.finish().catch((reason) => {
        throw new WriteError(String(reason?.message ?? reason), { cause: reason });
      });
      if (current.current === download) {
        current.current = undefined;
        setState({ phase: 'done', progress });
      }
      return;
    } catch (reason) {
      error = abort.signal.aborted ? undefined : reason;
    }
    if (current.current === download) {
      setState((before) =>
        'progress' in before ? { phase: 'stopped', progress: before.progress, error, isSaved: false } : before
      );
    }
  };

  const start = async ({ expr, from, to, format, name }: DownloadRequest) => {
    const target = await openDownloadSink({ name, ...FORMATS[format] });
    if (!target) {
      return;
    }
    const download: Download = {
      target,
      abort: new AbortController(),
      run: createLineDownload({
        expr,
        from,
        to,
        format,
        fetchLines: fetchLogEntries,
        write: target.write,
        onProgress: (progress) => {
          if (current.current === download) {
            setState({ phase: 'running', progress });
          }
        },
      }),
    };
    current.current = download;
    setState({ phase: 'running', progress: { lines: 0, bytes: 0, reached: from, failures: 0 } });
    await run(download);
  };

  const resume = async () => {
    if (current.current && state.phase === 'stopped') {
      setState({ phase: 'running', progress: state.progress });
      await run(current.current);
    }
  };

  const savePartialFile = async () => {
    const download = current.current;
    if (!download || state.phase !== 'stopped') {
      return;
    }
    try {
      if (await download.target.keepPart()) {
        current.current = undefined;
        setState({ ...state, isSaved: true });
      }
    } catch (error) {
      setState({ ...state, error });
    }
  };

  const cancel = () => current.current?.abort.abort();

  return { state, start, resume, cancel, savePartialFile };
}
