/**
 * Fuzz test with arbitrary databases and corrupted files: each is read or rejected with a cause, and the output is
 * always valid for Prometheus. Runs for SEDNA_FUZZ_SECONDS, 5 by default. A failure prints the seed and the smallest
 * failing database.
 */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import fc from 'fast-check';
import { CUSTOM_TABLES, SEDNA_TABLES } from '../../simulator/engine/knowledge-base/schema';
import { SelfMetrics } from '../http/selfMetrics';
import { CUSTOM_METRIC_NAMINGS } from './custom-metrics/naming';
import { READ_CAUSES, ReadError, ROW_CAUSES } from './errors';
import { DEFAULT_OPTIONS } from './readKnowledgeBase';
import { SeriesCache } from './custom-metrics/seriesCache';
import { KnowledgeBaseSource } from './source';
import { createTempFolder, parseExposition, readExposition } from './testUtils';

const COLUMNS: Readonly<Record<string, string[]>> = {
  ll_tasks: ['id', 'name', 'task_attr', 'created_at', 'updated_at'],
  ll_task_grp: ['id', 'name', 'deploy', 'sample_num', 'task_num'],
  ll_task_models: ['id', 'task_id', 'model_url', 'is_current', 'created_at'],
  ll_task_relation: ['id', 'grp_id', 'task_id', 'transfer_radio'],
  ll_samples: ['id', 'data_url', 'descr', 'data_type', 'updated_at', 'sample_num'],
  ll_task_sample: ['id', 'sample_id', 'task_id'],
  metric: ['id', 'name', 'label', 'note', 'last_time'],
  metric_value: ['id', 'metric_id', 'label_value', 'value', 'last_time'],
};
const TABLES = Object.keys(COLUMNS);
const SEDNA_SQL = [...SEDNA_TABLES, ...CUSTOM_TABLES];

const HOSTILE = [
  '',
  ' ',
  ',',
  'a,b',
  '"',
  '\\',
  '\n',
  '\r\n',
  '\0',
  'a\0b',
  '__name__',
  'le',
  '0',
  '-1',
  '1e999',
  'NaN',
  'Inf',
];
HOSTILE.push('up', 'sedna_job_round', '# HELP x y', '{a="b"}', '\u2028', '\ud800', '\u{1f600}', 'é', 'x'.repeat(5_000));
HOSTILE.push(
  '2026-11-23 08:00:00',
  '2026-13-45',
  '1795426200',
  '1795426200000',
  'x'.repeat(20_000),
  "'); DROP TABLE ll_tasks; --"
);

const cell = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -1, max: 6 }) },
  { weight: 3, arbitrary: fc.constantFrom(...HOSTILE) },
  { weight: 2, arbitrary: fc.constantFrom('a', 'b', 'model,task', 'svm,a', 'Recall', 'hit rate') },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.double() },
  { weight: 1, arbitrary: fc.constantFrom(Infinity, -Infinity, NaN, -0, 1e308, 5e-324, 1.5, 2 ** 53) },
  { weight: 1, arbitrary: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 8 }) }
);

/**
 * How a table is created: as by Sedna (`own`), not at all (`none`), or with this SQL, where `%` is its name and `$` its
 * columns.
 */
const shape = fc.oneof(
  { weight: 6, arbitrary: fc.constant('own') },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      'none',
      'CREATE TABLE "%" ($)',
      'CREATE TABLE "%" (id INTEGER PRIMARY KEY, $)',
      'CREATE TABLE "%" (id PRIMARY KEY, $) WITHOUT ROWID',
      'CREATE TABLE "%" (id TEXT, $, rowid TEXT)',
      'CREATE TABLE "%" ($, generated AS (abs(-9223372036854775808)))',
      'CREATE TABLE "%" (id INTEGER PRIMARY KEY DESC, $) STRICT',
      'CREATE VIEW "%" AS SELECT 1 AS id, 2 AS name',
      'CREATE VIRTUAL TABLE "%" USING fts5($)',
      'CREATE TABLE "%" (other BLOB)'
    ),
  }
);

const table = fc.record({
  shape,
  /** Which of its columns exist. */
  columns: fc.infiniteStream(fc.boolean()).map((stream) => [...stream.take(8)]),
  rows: fc.array(fc.array(cell, { minLength: 8, maxLength: 8 }), { maxLength: 8 }),
});

/** Corrupts a byte or truncates the file, at a fraction of its length or within its header. */
const damage = fc.oneof(
  fc.record({ kind: fc.constant('byte' as const), at: fc.double({ min: 0, max: 1, noNaN: true }), byte: fc.nat(255) }),
  fc.record({ kind: fc.constant('head' as const), at: fc.nat(300), byte: fc.nat(255) }),
  fc.record({ kind: fc.constant('cut' as const), at: fc.double({ min: 0, max: 1, noNaN: true }), byte: fc.nat(255) })
);

const content = fc.record({
  pragmas: fc.constantFrom('', 'PRAGMA page_size = 512', "PRAGMA encoding = 'UTF-16le'", 'PRAGMA auto_vacuum = FULL'),
  tables: fc.tuple(...TABLES.map(() => table)),
  damages: fc.oneof(fc.constant([]), fc.array(damage, { maxLength: 12 })),
  customMetricNaming: fc.constantFrom(...CUSTOM_METRIC_NAMINGS),
});
type Content = typeof content extends fc.Arbitrary<infer T> ? T : never;

function createTable(database: DatabaseSync, name: string, { shape, columns, rows }: Content['tables'][number]): void {
  const present = COLUMNS[name].filter((column, index) => columns[index] && !(column === 'id' && /\bid\b/.test(shape)));
  const own = SEDNA_SQL.filter((sql) => new RegExp(`^CREATE (TABLE|INDEX \\S+ ON) ${name}\\b`).test(sql));
  const statements = shape === 'own' ? own : [shape.replace('%', name).replace('$', present.join(', ') || 'nothing')];
  const names = shape === 'own' ? COLUMNS[name] : present;
  ignoreErrors(() => statements.forEach((sql) => database.exec(sql)));
  for (const row of names.length > 0 ? rows : []) {
    ignoreErrors(() =>
      database
        .prepare(`INSERT OR REPLACE INTO "${name}" (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`)
        .run(...names.map((_, index) => row[index]))
    );
  }
}

/** Ignores what SQLite refuses to create. */
function ignoreErrors(act: () => void): void {
  try {
    act();
  } catch {
    // Violated constraint, or not a table.
  }
}

function writeDatabase(file: string, { pragmas, tables, damages }: Content): void {
  rmSync(file, { force: true });
  const database = new DatabaseSync(file, { enableForeignKeyConstraints: false });
  database.exec(`PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; ${pragmas}; BEGIN`);
  TABLES.forEach((name, index) => createTable(database, name, tables[index]));
  database.exec('COMMIT');
  database.close();
  let bytes = readFileSync(file);
  for (const { kind, at, byte } of damages) {
    if (kind === 'cut') {
      bytes = at > 0.9 ? bytes.subarray(0, Math.floor(at * bytes.length)) : bytes;
    } else if (bytes.length > 0) {
      bytes[kind === 'head' ? at % bytes.length : Math.floor(at * (bytes.length - 1))] = byte;
    }
  }
  writeFileSync(file, bytes);
}

const hashFile = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');

test('any database is read or rejected, and the output is always valid for Prometheus', async (context) => {
  const seconds = Number(process.env.SEDNA_FUZZ_SECONDS || 5);
  const file = path.join(createTempFolder(), 'kb.sqlite3');
  const workerScript = path.join(__dirname, '..', 'main.ts');
  const source = new KnowledgeBaseSource({
    file,
    workerScript,
    metrics: new SelfMetrics(),
    log: () => undefined,
    maxAgeMs: 0,
  });
  context.after(() => source.close());
  const cache = new SeriesCache();
  const counts = { read: 0, series: 0, refused: 0, issues: 0 };

  await fc.assert(
    fc.asyncProperty(content, async (each) => {
      writeDatabase(file, each);
      const before = hashFile(file);
      try {
        const { text, issues } = readExposition(
          file,
          { ...DEFAULT_OPTIONS, customMetricNaming: each.customMetricNaming },
          cache
        );
        counts.series += parseExposition(text).length;
        issues.forEach(({ cause, where, detail }) => {
          assert.ok(ROW_CAUSES.includes(cause) && where.length < 100 && typeof detail === 'string', where);
        });
        counts.issues += issues.length;
        counts.read += 1;
      } catch (error) {
        assert.ok(error instanceof ReadError && READ_CAUSES.includes(error.readCause), `unexpected ${error}`);
        counts.refused += 1;
      }
      parseExposition(new TextDecoder('utf-8', { fatal: true }).decode(await source.collect()));
      assert.equal(hashFile(file), before);
    }),
    { numRuns: Number.MAX_SAFE_INTEGER, interruptAfterTimeLimit: seconds * 1_000, markInterruptAsFailure: false }
  );
  context.diagnostic(`${seconds} s: ${JSON.stringify(counts)}`);
  assert.ok(counts.series > 0, 'some databases were read');
});
