/** Replays a recording as history: real servers contain what they would have collected, with the recorded times. */
import path from 'node:path';
import { ProcessGroup, startPrometheus, type ManagedProcess } from '../../tools/engines';
import { backfillHistory } from '../demo/backfillHistory';
import { getPlaces, startCollection, type Collection } from '../demo/collection';
import { runHistory } from '../drivers/backfill/history';
import { SCRAPE_SECONDS } from './judgements';
import { createRecordedWorld } from './player';
import type { Recording } from './recording';

export interface Replay extends Pick<Collection, 'apiServer' | 'loki' | 'exporter' | 'kubeStateMetrics'> {
  prometheus: ManagedProcess;
  /** First and last scrape. */
  from: Date;
  to: Date;
  /** Last results of rules. Those of Loki are of the minute before the last one, and recording rules depend on them. */
  rulesTo: Date;
  stop(): Promise<void>;
}

const RULE_DELAY_MS = 180_000;

/** Leaves out what happened after a time. */
const cutRecording = (recording: Recording, to: number): Recording => ({
  ...recording,
  to,
  events: recording.events.filter(({ time }) => time <= to),
  lines: recording.lines.filter(({ time }) => time <= to),
  knowledgeBases: recording.knowledgeBases.filter(({ time }) => time <= to),
});

/**
 * Starts all servers and backfills them.
 * @param dir folder for all data. Its content is deleted first.
 * @param end time of the last scrape in milliseconds since the epoch; later changes are left out
 * @param log called with a line of progress for each step
 * @throws if a server doesn't start
 */
export async function startReplay(
  recording: Recording,
  dir: string,
  end = recording.to,
  log?: (line: string) => void
): Promise<Replay> {
  const played = cutRecording(recording, end);
  const processes = new ProcessGroup();
  const loki = { acceptsOldLines: true };
  const places = getPlaces(played);
  const collection = await startCollection({ dir, processes, ...places, isRecorded: true, loki, log });
  const { drivers, targets } = collection;
  const step = SCRAPE_SECONDS * 1000;
  const to = new Date(Math.ceil(end / 1000) * 1000);
  const from = new Date(to.getTime() - Math.floor((to.getTime() - recording.from) / step) * step);
  const rulesTo = new Date(to.getTime() + RULE_DELAY_MS);
  const dataDir = path.join(dir, 'prometheus-data');
  const openMetricsFile = path.join(dir, 'history.txt');
  const { logBytes } = await runHistory({
    keepsIdentity: true,
    world: createRecordedWorld(played),
    drivers,
    from,
    to,
    stepSeconds: SCRAPE_SECONDS,
    targets,
    outputFile: openMetricsFile,
  });
  await backfillHistory({
    dir,
    openMetricsFile,
    dataDir,
    from,
    to: rulesTo,
    lokiUrl: collection.loki.url,
    logBytes,
    logRulesTo: rulesTo,
    evaluationSeconds: SCRAPE_SECONDS,
  });
  const prometheus = await processes.add(startPrometheus({ dir: path.join(dir, 'prometheus'), dataDir }));
  return { ...collection, prometheus, from, to, rulesTo, stop: () => processes.stop() };
}
