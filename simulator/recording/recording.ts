/** Reads a recording of a Sedna: its objects, log files, and knowledge bases. docs/contribute/recordings.md describes the format. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { constants, gunzipSync } from 'node:zlib';
import { KIND_NAMES } from '../../src/sedna/kinds';
import type { KubeObject, LogSource, Stream } from '../engine/types';

/** A version of an object, as a watch reported it. */
export interface ObjectEvent {
  /** Milliseconds since the epoch. */
  time: number;
  event: 'ADDED' | 'MODIFIED' | 'DELETED';
  object: KubeObject;
}

/** A whole line of a container; the parts that a container runtime splits long lines into are joined. */
export interface RecordedLine extends LogSource {
  /** Milliseconds since the epoch. */
  time: number;
  stream: Stream;
  line: string;
}

/** The SQLite file of the knowledge base at a time. */
export interface KnowledgeBaseCopy {
  /** Milliseconds since the epoch. */
  time: number;
  file: string;
}

export interface Recording {
  folder: string;
  /** Milliseconds since the epoch; the first and the last event or line. */
  from: number;
  to: number;
  /** In the order of time. */
  events: readonly ObjectEvent[];
  lines: readonly RecordedLine[];
  knowledgeBases: readonly KnowledgeBaseCopy[];
}

/** Node of log files whose pod is in no object, for example because it had ended before. */
const UNKNOWN_NODE = 'unknown';

/** Kinds of objects that are replayed; a recording may have others, such as those of a later version of Sedna. */
const REPLAYED_KINDS: readonly string[] = [...KIND_NAMES, 'Pod', 'Node', 'Service', 'Lease'];

/** Reads a compressed file as far as it was written: a recorder that was killed leaves its end out. */
const readCompressed = (file: string): string =>
  gunzipSync(readFileSync(file), { finishFlush: constants.Z_SYNC_FLUSH }).toString();

/** Parses a line; none for the last one if it's incomplete. */
function parseEvent(line: string, index: number, { length }: readonly string[]): ObjectEvent[] {
  try {
    const { time, ...event } = JSON.parse(line) as { time: string } & Omit<ObjectEvent, 'time'>;
    return [{ time: Date.parse(time), ...event }];
  } catch (error) {
    if (index === length - 1) {
      return [];
    }
    throw new Error(`Line ${index + 1} of the objects is not JSON: ${(error as Error).message}`, { cause: error });
  }
}

const byTime = (a: { time: number }, b: { time: number }) => a.time - b.time;

function readEvents(folder: string): ObjectEvent[] {
  return readCompressed(path.join(folder, 'objects.jsonl.gz'))
    .split('\n')
    .filter((line) => line !== '')
    .flatMap(parseEvent)
    .filter(({ object }) => REPLAYED_KINDS.includes(object.kind))
    .sort(byTime);
}

/** Node of each pod, by its uid. */
function findNodes(events: readonly ObjectEvent[]): Map<string, string> {
  const pods = events.filter(({ object }) => object.kind === 'Pod' && object.spec?.nodeName);
  return new Map(pods.map(({ object }) => [object.metadata.uid ?? '', object.spec.nodeName as string]));
}

const CRI = /^(\S+) (stdout|stderr) ([PF]) (.*)$/s;

/** Parses a CRI log file. @returns whole lines; the text after the last line break is dropped, because it may be incomplete */
export function parseCriLines(text: string): Array<Pick<RecordedLine, 'time' | 'stream' | 'line'>> {
  const lines: Array<Pick<RecordedLine, 'time' | 'stream' | 'line'>> = [];
  const partial: Record<string, string> = {};
  for (const physical of text.split('\n').slice(0, -1)) {
    const [, time, stream, tag, part] = CRI.exec(physical) ?? [];
    if (time === undefined) {
      continue;
    }
    const line = (partial[stream] ?? '') + part;
    if (tag === 'P') {
      partial[stream] = line;
    } else {
      partial[stream] = '';
      lines.push({ time: Date.parse(time), stream: stream as Stream, line });
    }
  }
  return lines;
}

const LOG_FILE = /^([^_/]+)_([^_/]+)_([^_/]+)\/([^/]+)\/(\d+)\.log\.gz$/;

function readLines(folder: string, nodes: ReadonlyMap<string, string>): RecordedLine[] {
  const root = path.join(folder, 'logs');
  if (!existsSync(root)) {
    return [];
  }
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .sort()
    .flatMap((file) => {
      const [, namespace, pod, uid, container, restart] = LOG_FILE.exec(file) ?? [];
      if (namespace === undefined) {
        return [];
      }
      const source = { node: nodes.get(uid) ?? UNKNOWN_NODE, namespace, pod, uid, container, restart: Number(restart) };
      return parseCriLines(readCompressed(path.join(root, file))).map((line) => ({ ...source, ...line }));
    })
    .sort(byTime);
}

function readKnowledgeBases(folder: string): KnowledgeBaseCopy[] {
  const root = path.join(folder, 'knowledge-base');
  const index = path.join(root, 'index.json');
  if (!existsSync(index)) {
    return [];
  }
  return (JSON.parse(readFileSync(index, 'utf8')) as Array<{ file: string; time: string }>)
    .map(({ file, time }) => ({ time: Date.parse(time), file: path.join(root, file) }))
    .sort(byTime);
}

/** Reads a recording. @throws if the folder has no objects.jsonl.gz */
export function readRecording(folder: string): Recording {
  const events = readEvents(folder);
  const lines = readLines(folder, findNodes(events));
  const times = [...events, ...lines].map(({ time }) => time);
  return {
    folder,
    from: times.reduce((a, b) => Math.min(a, b), Infinity),
    to: times.reduce((a, b) => Math.max(a, b), -Infinity),
    events,
    lines,
    knowledgeBases: readKnowledgeBases(folder),
  };
}
