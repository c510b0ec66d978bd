/** Helpers for tests of the knowledge base. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { CUSTOM_TABLES, SEDNA_TABLES } from '../../simulator/engine/knowledge-base/schema';
import { encodeExposition } from './encodeExposition';
import { ReadError } from './errors';
import { DEFAULT_OPTIONS, readKnowledgeBase } from './readKnowledgeBase';
import type { SeriesCache } from './custom-metrics/seriesCache';

/** SQL for the tables as Sedna and the tool for custom metrics create them. */
export const ALL_TABLES = [...SEDNA_TABLES, ...CUSTOM_TABLES].map((sql) => `${sql};\n`).join('');

/** Issues of a file without any of Sedna's tables. */
export const ALL_TABLES_MISSING = ['tasks', 'task_grp', 'task_models', 'task_relation', 'task_sample', 'samples'].map(
  (name) => `missing_table ll_${name}`
);

const tempFolders: string[] = [];
process.on('exit', () => tempFolders.forEach((each) => rmSync(each, { recursive: true, force: true })));

/** Creates a temporary folder, which is removed when the process exits. */
export function createTempFolder(): string {
  const each = mkdtempSync(path.join(tmpdir(), 'sedna-ops-kb-'));
  tempFolders.push(each);
  return each;
}

/** Creates a database in a folder of its own and returns its path. */
export function createDatabase(sql: string): string {
  const file = path.join(createTempFolder(), 'kb.sqlite3');
  executeSql(file, sql);
  return file;
}

/** Executes statements over a separate connection that waits for locks like SQLAlchemy. */
export function executeSql(file: string, sql: string): void {
  const connection = new DatabaseSync(file, { enableForeignKeyConstraints: false, timeout: 5_000 });
  connection.exec(`PRAGMA synchronous = OFF; ${sql}`);
  connection.close();
}

/** Reads the knowledge base and returns the exposition and the issues. */
export function readExposition(file: string, options = DEFAULT_OPTIONS, cache?: SeriesCache) {
  const { families, issues } = readKnowledgeBase(file, options, cache);
  return { text: new TextDecoder('utf-8', { fatal: true }).decode(encodeExposition(families)), issues };
}

/** Returns the series without comments, and issues as "cause where". */
export function readSeries(file: string, options = DEFAULT_OPTIONS) {
  const { text, issues } = readExposition(file, options);
  return {
    series: text.split('\n').filter((line) => line !== '' && !line.startsWith('#')),
    issues: issues.map(({ cause, where }) => `${cause} ${where}`),
  };
}

/** Returns the cause of a rejected read, or `none`. */
export function getReadCause(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    assert.ok(error instanceof ReadError, `unexpected ${error}`);
    return error.readCause;
  }
  return 'none';
}

/**
 * Returns everything that a side effect would change: content and times of all files in the folder, and of the folder.
 * Only for files this process doesn't have open, because closing a file releases all its locks.
 */
export function getFolderState(file: string) {
  const parent = path.dirname(file);
  return {
    folderTime: statSync(parent, { bigint: true }).mtimeNs,
    files: readdirSync(parent).map((name) => {
      const each = path.join(parent, name);
      const stat = statSync(each, { bigint: true });
      const hash = stat.isFile() && createHash('sha256').update(readFileSync(each)).digest('hex');
      return { name, inode: stat.ino, mode: stat.mode, owner: stat.uid, time: stat.mtimeNs, hash };
    }),
  };
}

/** One series of an exposition. */
export interface ParsedSample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

const NAME = /[a-zA-Z_:][a-zA-Z0-9_:]*/y;
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"/y;
const NUMBER = /^-?(\d+(\.\d+)?(e[+-]?\d+)?|\.\d+)$/;
const ESCAPES: Readonly<Record<string, string>> = { '\\\\': '\\', '\\"': '"', '\\n': '\n' };

/**
 * Parses the Prometheus text format strictly: the series of a family follow its HELP and TYPE, no series appears twice,
 * names are valid, empty labels are omitted, and values are finite.
 * @throws with the line that breaks a rule
 */
export function parseExposition(text: string): ParsedSample[] {
  if (text !== '' && !text.endsWith('\n')) {
    throw new Error('the last line does not end');
  }
  const families = new Set<string>();
  const series = new Set<string>();
  const samples: ParsedSample[] = [];
  let help = '';
  let family = '';
  for (const line of text.split('\n').slice(0, -1)) {
    const check = (holds: boolean, what: string) => {
      if (!holds) {
        throw new Error(`${what}: ${JSON.stringify(line)}`);
      }
    };
    if (line.startsWith('# HELP ')) {
      help = line.split(' ')[2];
      check(/^# HELP \S+ ([^\\]|\\[\\n])*$/.test(line), 'help is not escaped');
      check(!families.has(help), 'a family comes twice');
    } else if (line.startsWith('# TYPE ')) {
      family = help;
      families.add(family);
      check(/^# TYPE \S+ (gauge|counter)$/.test(line) && line.split(' ')[2] === family, 'a type without its help');
    } else {
      const sample = parseSample(line, check);
      check(sample.name === family, 'a series outside of its family');
      const key = JSON.stringify([sample.name, Object.entries(sample.labels).sort()]);
      check(!series.has(key), 'a series comes twice');
      series.add(key);
      samples.push(sample);
    }
  }
  return samples;
}

function parseSample(line: string, check: (holds: boolean, what: string) => void): ParsedSample {
  NAME.lastIndex = 0;
  const name = NAME.exec(line)?.[0] ?? '';
  check(name !== '', 'no metric name');
  const labels: Record<string, string> = {};
  let at = name.length;
  if (line[at] === '{') {
    do {
      LABEL.lastIndex = at + 1;
      const [pair, label, value] = LABEL.exec(line) ?? ['', '', ''];
      check(pair !== '' && value !== '' && !label.startsWith('__'), 'no label');
      check(!Object.hasOwn(labels, label), 'a label comes twice');
      labels[label] = value.replace(/\\./g, (escape) => ESCAPES[escape]);
      at += pair.length + 1;
    } while (line[at] === ',');
    check(line[at] === '}', 'labels without an end');
    at += 1;
  }
  const number = line.slice(at + 1);
  check(line[at] === ' ' && NUMBER.test(number) && Number.isFinite(Number(number)), 'no finite number');
  return { name, labels, value: Number(number) };
}
