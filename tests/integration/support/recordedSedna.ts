/** A recording in real servers, and facts about its objects as the app reads them. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { DIAGNOSIS_LINES, diagnosisLines, objectFacts, workerFacts } from '../../../src/query/diagnosis';
import { toFacts, toLogFacts, type FactRow, type Facts, type LogRow } from '../../../src/sedna/diagnosis';
import type { ObjectRef } from '../../../src/sedna/objectRef';
import { readExpectations, type Expectations } from '../../../simulator/recording/expectations';
import { readRecording, type Recording } from '../../../simulator/recording/recording';
import { startReplay, type Replay } from '../../../simulator/recording/replay';
import { createTemporaryFolder } from './folder';
import { queryPrometheus, type Series } from './queries';

export interface RecordedSedna extends Replay {
  recording: Recording;
  expected: Expectations;
  /** Instant query, by default at the end of the recording. */
  query(expression: string, at?: Date): Promise<Series[]>;
  /** Facts about an object at a time, as the Diagnosis tab has them. */
  fetchFacts(ref: ObjectRef, at: Date): Promise<Facts>;
  /** Lines of a log query until a time, newest first. */
  fetchLines(query: string, at: Date, limit: number): Promise<LogRow[]>;
}

/** Replays a recording until the time that its expectations are about. */
export async function startRecordedSedna(folder: string): Promise<RecordedSedna> {
  const recording = readRecording(folder);
  const expected = readExpectations(folder)!;
  const replay = await startReplay(recording, path.join(createTemporaryFolder(), 'replay'), Date.parse(expected.at));
  const query = (expression: string, at = replay.to) => queryPrometheus(replay.prometheus.url, expression, at);

  const fetchRows = async (expression: string, at: Date): Promise<FactRow[]> => await query(expression, at);

  const fetchLines = async (logQuery: string, at: Date, limit: number): Promise<LogRow[]> => {
    const search = new URLSearchParams({
      query: logQuery,
      start: `${recording.from}000000`,
      end: `${at.getTime()}000000`,
      limit: String(limit),
      direction: 'backward',
    });
    // Not fetchText: the first search of a Loki that has just received everything takes some seconds.
    const response = await fetch(`${replay.loki.url}/loki/api/v1/query_range?${search}`);
    assert.ok(response.ok, await response.clone().text());
    const { data } = (await response.json()) as {
      data: { result: Array<{ stream: Record<string, string>; values: Array<[string, string]> }> };
    };
    return data.result
      .flatMap(({ stream, values }) =>
        values.map(([time, text]) => ({ time: Number(time) / 1e6, text, labels: stream }))
      )
      .sort((a, b) => b.time - a.time);
  };

  const fetchFacts = async (ref: ObjectRef, at: Date): Promise<Facts> => {
    const [workers, lines] = [workerFacts(ref), diagnosisLines(ref)];
    const rows = [...(await fetchRows(objectFacts(ref), at)), ...(workers ? await fetchRows(workers, at) : [])];
    const logs = lines ? toLogFacts(await fetchLines(lines, at, DIAGNOSIS_LINES)) : [];
    return { ...toFacts(ref, rows), logs, logsSince: recording.from / 1000 };
  };
  return { ...replay, recording, expected, query, fetchFacts, fetchLines };
}
