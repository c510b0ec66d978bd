/** Writes small recordings, and finds the recordings of a real Sedna beside the repository. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { sharedFile } from '../engine/testUtils';
import type { KubeObject } from '../engine/types';

export interface RecordingContent {
  events: Array<{ time: string; event: string; object: KubeObject }>;
  /** Text of log files by their path below `logs`, without `.gz`. */
  logs?: Record<string, string>;
  /** Copies of the knowledge base: name of the file and its time. */
  knowledgeBases?: Array<{ file: string; time: string }>;
  /** Content of expected.json. */
  expected?: object;
}

/** Writes a recording. @returns its folder, which the caller deletes */
export function writeRecording({ events, logs = {}, knowledgeBases = [], expected }: RecordingContent): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'sedna-ops-recording-'));
  const lines = events.map((event) => `${JSON.stringify(event)}\n`).join('');
  writeFileSync(path.join(folder, 'objects.jsonl.gz'), gzipSync(lines));
  for (const [name, text] of Object.entries(logs)) {
    const file = path.join(folder, 'logs', `${name}.gz`);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, gzipSync(text));
  }
  if (knowledgeBases.length > 0) {
    mkdirSync(path.join(folder, 'knowledge-base'));
    writeFileSync(path.join(folder, 'knowledge-base', 'index.json'), JSON.stringify(knowledgeBases));
    knowledgeBases.forEach(({ file }) => writeFileSync(path.join(folder, 'knowledge-base', file), ''));
  }
  if (expected) {
    writeFileSync(path.join(folder, 'expected.json'), JSON.stringify(expected));
  }
  return folder;
}

const { file: shared } = sharedFile('sedna');

/** Folders of recordings with expectations beside the repository. */
export const RECORDINGS: readonly string[] = existsSync(shared)
  ? readdirSync(shared)
      .map((name) => path.join(shared, name))
      .filter((folder) => existsSync(path.join(folder, 'expected.json')))
  : [];

/** Reason to skip a test that needs a recording, or false. */
export const skipWithoutRecording =
  RECORDINGS.length > 0 ? false : `${shared} has no recording of a real Sedna. Set SEDNA_OPS_SHARED to its folder.`;
