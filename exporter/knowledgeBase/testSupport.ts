/** What the tests of the knowledge base share. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { CUSTOM_TABLES, SEDNA_TABLES } from '../../simulator/engine/knowledge-base/schema';
import { expositionBytes } from './bytes';
import { ReadError } from './problems';
import { DEFAULTS, readKnowledgeBase } from './read';
import type { SeriesMemory } from './seriesMemory';

/** The tables as Sedna and the tool for custom metrics create them. */
export const ALL_TABLES = [...SEDNA_TABLES, ...CUSTOM_TABLES].map((sql) => `${sql};\n`).join('');

/** What is said of a file that holds none of Sedna's tables. */
export const ALL_MISSING = ['tasks', 'task_grp', 'task_models', 'task_relation', 'task_sample', 'samples'].map(
  (name) => `missing_table ll_${name}`
);

const made: string[] = [];
process.on('exit', () => made.forEach((each) => rmSync(each, { recursive: true, force: true })));

/** A new folder, gone when this process ends. */
export function folder(): string {
  const each = mkdtempSync(path.join(tmpdir(), 'sedna-ops-kb-'));
  made.push(each);
  return each;
}

/** A new database in a folder of its own. */
export function database(sql: string): string {
  const file = path.join(folder(), 'kb.sqlite3');
  execute(file, sql);
  return file;
}

/** Runs statements as a client of its own, which waits for locks as SQLAlchemy does. */
export function execute(file: string, sql: string): void {
  const connection = new DatabaseSync(file, { enableForeignKeyConstraints: false, timeout: 5_000 });
  connection.exec(`PRAGMA synchronous = OFF; ${sql}`);
  connection.close();
}

/** The page that a read gives, and what was left out. */
export function readPage(file: string, options = DEFAULTS, memory?: SeriesMemory) {
  const { families, problems } = readKnowledgeBase(file, options, memory);
  return { text: new TextDecoder('utf-8', { fatal: true }).decode(expositionBytes(families)), problems };
}

/** Series without comments, and problems as "cause where". */
export function read(file: string, options = DEFAULTS) {
  const { text, problems } = readPage(file, options);
  return {
    series: text.split('\n').filter((line) => line !== '' && !line.startsWith('#')),
    problems: problems.map(({ cause, where }) => `${cause} ${where}`),
  };
}

/** Why a read was refused, or `none`. */
export function causeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    assert.ok(error instanceof ReadError, `unexpected ${error}`);
    return error.readCause;
  }
  return 'none';
}

/**
 * All that a trace would change: the bytes and times of every file of the folder, and the folder's own.
 * For files that this process has not open: closing a file drops all its locks.
 */
export function stateOf(file: string) {
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

/** One series of a /metrics page. */
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
 * Reads Prometheus' text format, and is as strict as it can be: a family's series stand together under its
 * HELP and TYPE, no series comes twice, names are valid, empty labels are left out, numbers are finite.
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
