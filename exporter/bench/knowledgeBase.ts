/**
 * Measures scrape time and memory of the bundled exporter with many custom series: a process of its own, over HTTP,
 * with a fresh read of the database for each scrape. Compares it with SQLite selecting the same rows.
 *
 * Usage: npm run bench:exporter-knowledge-base [-- <series, default 100000> [<scrapes, default 15>]]
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { waitFor } from '../../tools/engines/wait';
import { CUSTOM_TABLES, SEDNA_TABLES } from '../../simulator/engine/knowledge-base/schema';

const METRIC_COUNT = 20;
const BUNDLE = path.join(__dirname, '..', 'dist', 'exporter.js');
/** Longer than the exporter serves cached values. */
const PAUSE_MS = 1_200;
const SELECT_ROWS = `SELECT m.name, m.label, v.label_value, v.value, v.last_time
  FROM metric_value v JOIN metric m ON m.id = v.metric_id`;

/** Creates a knowledge base with custom metrics of three labels and 50 tasks of 200 rounds each. */
function createKnowledgeBase(file: string, series: number): void {
  const connection = new DatabaseSync(file);
  connection.exec(`PRAGMA synchronous = OFF; ${[...SEDNA_TABLES, ...CUSTOM_TABLES].join(';')};
    BEGIN;
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 50)
      INSERT INTO ll_tasks (id, name, task_attr) SELECT i, 'task-' || i, '["Autumn", ' || i || ']' FROM n;
    INSERT INTO ll_task_grp (id, name, deploy, sample_num, task_num) SELECT id, name, 0, 20000, 200 FROM ll_tasks;
    INSERT INTO ll_task_models (task_id, model_url, is_current) SELECT id, 'http://kb.sedna:9020/' || name, 0 FROM ll_tasks;
    INSERT INTO ll_task_relation (grp_id, task_id, transfer_radio) SELECT id, id, 0.005 FROM ll_tasks;
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 10000)
      INSERT INTO ll_samples (id, data_url, data_type, sample_num) SELECT i, '', 'train', 100 FROM n;
    INSERT INTO ll_task_sample (sample_id, task_id) SELECT id, id % 50 + 1 FROM ll_samples;
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT ${METRIC_COUNT})
      INSERT INTO metric SELECT i, 'metric_' || i, 'job,task,model', 'Metric number ' || i, '2026-11-24 08:00:00' FROM n;
    WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n LIMIT ${series})
      INSERT INTO metric_value
      SELECT i, i % ${METRIC_COUNT} + 1, 'job-' || (i / ${METRIC_COUNT} % 100) || ',task-' || (i / ${METRIC_COUNT * 100}) || ',model-a',
        i / 7.0, '2026-11-24 08:00:00' FROM n;
    COMMIT`);
  connection.close();
}

const milliseconds = (times: readonly number[]) => {
  const sorted = [...times].sort((a, b) => a - b);
  const show = (value: number) => `${value.toFixed(0)} ms`;
  return `median ${show(sorted[Math.floor(sorted.length / 2)])}, minimum ${show(sorted[0])}, maximum ${show(sorted.at(-1)!)}`;
};

/** Times the SQLite shell for the same rows, including its start, or node:sqlite if there is no shell. */
function measureSqlite(file: string, times: number): { with: string; times: number[] } {
  const shell = spawnSync('sqlite3', ['-version'], { encoding: 'utf8' });
  const measured = Array.from({ length: times }, () => {
    const start = performance.now();
    if (shell.status === 0) {
      execFileSync('sqlite3', ['-readonly', file, SELECT_ROWS], { maxBuffer: 1 << 30 });
    } else {
      const connection = new DatabaseSync(file, { readOnly: true });
      connection.prepare(SELECT_ROWS).all();
      connection.close();
    }
    return performance.now() - start;
  });
  return { with: shell.status === 0 ? `sqlite3 ${shell.stdout.split(' ')[0]}` : 'node:sqlite', times: measured };
}

function readMemory(pid: number): Record<'VmRSS' | 'VmHWM', string> {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const megabytes = (field: string) =>
    `${(Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1024).toFixed(0)} MB`;
  return { VmRSS: megabytes('VmRSS'), VmHWM: megabytes('VmHWM') };
}

/** Returns the CPU time of a process in milliseconds. */
function readCpuTimeMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

async function main(): Promise<void> {
  const [series = 100_000, scrapes = 15] = process.argv.slice(2).map(Number);
  const dir = mkdtempSync(path.join(tmpdir(), 'sedna-ops-bench-'));
  const file = path.join(dir, 'kb.sqlite3');
  createKnowledgeBase(file, series);
  execFileSync(process.execPath, [path.join(__dirname, '..', 'build.mjs')]);

  const exporter = spawn(process.execPath, [BUNDLE], {
    cwd: dir,
    env: { SEDNA_EXPORTER_ADDRESS: '127.0.0.1:0', SEDNA_KNOWLEDGE_BASE: file },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  try {
    let output = '';
    exporter.stderr.on('data', (data) => (output += String(data)));
    const url = await waitFor('the address', () => /listening on (\S+)/.exec(output)?.[1]);
    const count = (text: string) => text.split('\n').filter((line) => line.startsWith('sedna_custom_')).length;
    const scrape = async () => {
      const start = performance.now();
      const response = await fetch(`${url}/metrics`);
      const body = await response.text();
      return { body, milliseconds: performance.now() - start };
    };
    const first = await waitFor('the series', async () => {
      const each = await scrape();
      return count(each.body) === series && each;
    });
    const memoryAfterFirst = readMemory(exporter.pid!);
    const times: number[] = [];
    const reads: number[] = [];
    const processor = readCpuTimeMs(exporter.pid!);
    for (let i = 0; i < scrapes; i++) {
      await sleep(PAUSE_MS);
      const each = await scrape();
      times.push(each.milliseconds);
      reads.push(
        1000 * Number(/^sedna_exporter_read_duration_seconds\{.*knowledge_base.*\} (\S+)/m.exec(each.body)?.[1])
      );
    }
    const used = readCpuTimeMs(exporter.pid!) - processor;
    const { body } = await scrape();
    const after = readMemory(exporter.pid!);
    const sqlite = measureSqlite(file, scrapes);
    const size = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
    console.log(
      `${count(body)} custom series in ${size(body.length)} of text, a database of ${size(statSync(file).size)}`
    );
    console.log(
      `scrape over HTTP with a fresh read: ${milliseconds(times)} (${scrapes} scrapes; the first with all: ${first.milliseconds.toFixed(0)} ms)`
    );
    console.log(`of which reading and formatting: ${milliseconds(reads)}`);
    console.log(`${sqlite.with}, the same rows: ${milliseconds(sqlite.times)}`);
    console.log(`CPU time per scrape: ${(used / scrapes).toFixed(0)} ms`);
    console.log(
      `resident memory: ${after.VmRSS} after ${scrapes} scrapes, ${memoryAfterFirst.VmRSS} after the first, peak ${after.VmHWM}`
    );
  } finally {
    exporter.kill();
    rmSync(dir, { recursive: true, force: true });
  }
}

void main();
