/** The SQL and Python in the app and the documentation produce the promised series. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { CUSTOM_METRIC_PYTHON, CUSTOM_METRIC_SQL } from '../../../src/sedna/learning/customMetricExamples';
import { ALL_TABLES, createDatabase, executeSql, readExposition } from '../testUtils';

const selectCustomSeries = (text: string) => text.split('\n').filter((line) => line.includes('sedna_custom_'));

const EXPECTED = [
  '# HELP sedna_custom_Recall Recall of the newest evaluation',
  '# TYPE sedna_custom_Recall gauge',
  'sedna_custom_Recall{name="my-job",namespace="default",task="Spring_1.0"} 0.93',
];

test('the SQL in the guide creates the tables and records a metric', () => {
  const { text, issues } = readExposition(createDatabase(CUSTOM_METRIC_SQL));
  assert.deepEqual(selectCustomSeries(text), EXPECTED);
  assert.deepEqual(
    issues.filter(({ where }) => where.includes('metric')),
    []
  );
});

test('the SQL in the guide also works with tables created by Sedna, whose ids are not row ids', () => {
  const { text } = readExposition(createDatabase(ALL_TABLES + CUSTOM_METRIC_SQL));
  assert.deepEqual(selectCustomSeries(text), EXPECTED);
});

/** Without Python, the test is skipped. */
const hasPython = (() => {
  try {
    execFileSync('python3', ['-c', 'import sqlite3'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

test('the Python in the guide records a newer value', { skip: !hasPython && 'no python3 here' }, () => {
  const file = createDatabase(CUSTOM_METRIC_SQL);
  executeSql(file, "UPDATE metric_value SET last_time = datetime('now', '-1 minute')");
  const script = CUSTOM_METRIC_PYTHON.replace('"/db/kb.sqlite3"', JSON.stringify(file));
  assert.notEqual(script, CUSTOM_METRIC_PYTHON);
  execFileSync('python3', ['-c', `recall = 0.5\n${script}`]);
  assert.deepEqual(selectCustomSeries(readExposition(file).text).slice(-1), [EXPECTED[2].replace('0.93', '0.5')]);
});

test('the documentation shows the same SQL and Python', () => {
  const document = readFileSync(path.join(__dirname, '..', '..', '..', 'docs', 'use', 'custom-metrics.md'), 'utf8');
  const blocks = [...document.matchAll(/^```(\w+)\n([\s\S]*?)\n```$/gm)].map(([, language, text]) => [language, text]);
  assert.deepEqual(blocks, [
    ['sql', CUSTOM_METRIC_SQL],
    ['python', CUSTOM_METRIC_PYTHON],
  ]);
});
