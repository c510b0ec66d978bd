import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import { formatMarkdown, formatTsv, judgeRecording, toChanges } from './judgements';
import { createRecordedWorld } from './player';
import { parseCriLines, readRecording } from './recording';
import { writeRecording } from './recording.fixture';

const START = '2026-01-02T03:04:05.000Z';
const at = (seconds: number) => new Date(Date.parse(START) + seconds * 1000).toISOString();

const job = (condition: string, seconds: number) => ({
  apiVersion: 'sedna.io/v1alpha1',
  kind: 'VideoAnalyticsJob',
  metadata: { namespace: 'plant', name: 'v', uid: 'u-1', creationTimestamp: '2026-01-02T03:04:05Z' },
  status: { conditions: [{ type: condition, lastTransitionTime: `${at(seconds).slice(0, 19)}Z` }] },
});
const pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { namespace: 'plant', name: 'v-1', uid: 'p-1' },
  spec: { nodeName: 'edge-7' },
  status: { phase: 'Running' },
};

const folder = writeRecording({
  events: [
    { time: at(0), event: 'ADDED', object: job('Running', 0) },
    { time: at(1), event: 'ADDED', object: pod },
    { time: at(40), event: 'MODIFIED', object: job('Completed', 40) },
    { time: at(50), event: 'DELETED', object: pod },
  ],
  logs: {
    'plant_v-1_p-1/worker/0.log': `${at(2)} stdout F one\n${at(3)} stdout P tw\n${at(3)} stdout F o\n`,
    'plant_gone_p-0/worker/3.log': `${at(1)} stderr F early\n`,
  },
  knowledgeBases: [{ file: '01-empty.sqlite3', time: at(30) }],
});
after(() => rmSync(folder, { recursive: true }));

test('parseCriLines joins the parts of long lines by stream, and drops an incomplete last line', () => {
  const text = ['t stdout P a', 't stderr F x', 't stdout P b', 't stdout F c', 't stdout F cut o'].join('\n');
  assert.deepEqual(
    parseCriLines(text).map(({ stream, line }) => `${stream} ${line}`),
    ['stderr x', 'stdout abc']
  );
});

test('readRecording reads lines with the nodes of their pods, and the span of time', () => {
  const { lines, from, to } = readRecording(folder);
  assert.deepEqual(
    lines.map(({ node, pod: name, restart, line }) => [node, name, restart, line]),
    [
      ['unknown', 'gone', 3, 'early'],
      ['edge-7', 'v-1', 0, 'one'],
      ['edge-7', 'v-1', 0, 'two'],
    ]
  );
  assert.deepEqual(
    [from, to].map((time) => new Date(time).toISOString()),
    [at(0), at(50)]
  );
});

test('readRecording reads what a killed recorder has written, and leaves out unknown kinds', (t) => {
  const objects = [job('Running', 0), { ...job('Running', 0), kind: 'DreamJob' }];
  const cut = writeRecording({
    events: objects.map((object, index) => ({ time: at(index), event: 'ADDED', object })),
  });
  t.after(() => rmSync(cut, { recursive: true }));
  const file = path.join(cut, 'objects.jsonl.gz');
  const text = `${gunzipSync(readFileSync(file)).toString()}{"time":"2026-01-02T03`;
  writeFileSync(file, gzipSync(text).subarray(0, -8));
  assert.deepEqual(
    readRecording(cut).events.map(({ object }) => object.kind),
    ['VideoAnalyticsJob']
  );
});

test('readRecording names a line in the middle that is broken', (t) => {
  const broken = writeRecording({ events: [] });
  t.after(() => rmSync(broken, { recursive: true }));
  writeFileSync(path.join(broken, 'objects.jsonl.gz'), gzipSync('{"time":\n{}\n'));
  assert.throws(() => readRecording(broken), /^Error: Line 1 of the objects is not JSON/);
});

describe('createRecordedWorld', () => {
  const recording = readRecording(folder);

  test('has the effects of the recording at their times', () => {
    const world = createRecordedWorld(recording);
    const types = (seconds: number) => world.advanceTo(new Date(at(seconds))).map(({ type }) => type);
    assert.deepEqual(
      [types(0), types(2), types(2), types(45), types(60)],
      [['apply'], ['apply', 'log', 'log'], [], ['log', 'kb-file', 'apply'], ['delete']]
    );
  });

  test('moves all times with its start', () => {
    const world = createRecordedWorld(recording, { start: new Date('2027-01-02T03:04:05Z') });
    const [first] = world.advanceTo(world.start);
    assert.ok(first.type === 'apply');
    assert.equal(first.object.metadata.creationTimestamp, '2027-01-02T03:04:05Z');
    assert.equal(first.object.status.conditions[0].lastTransitionTime, '2027-01-02T03:04:05Z');
    const [, line] = world.advanceTo(new Date('2027-01-02T03:04:07Z')).slice(-2);
    assert.ok(line.type === 'log');
    assert.equal(new Date(line.time).toISOString(), '2027-01-02T03:04:07.000Z');
  });
});

describe('the nodes of a recording that has ended', () => {
  const lease = (name: string, seconds: number) => ({
    time: at(seconds),
    event: 'MODIFIED',
    object: {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { namespace: 'kube-node-lease', name },
      spec: { renewTime: at(seconds), leaseDurationSeconds: 40 },
    },
  });
  const ended = writeRecording({ events: [lease('offline', 0), lease('online', 90), lease('last', 100)] });
  after(() => rmSync(ended, { recursive: true }));
  const getRenewals = (keepsNodesOnline: boolean) => {
    const world = createRecordedWorld(readRecording(ended), { keepsNodesOnline });
    world.advanceTo(new Date(at(100)));
    return world.advanceTo(new Date(at(500))).map((effect) => {
      assert.ok(effect.type === 'apply');
      return [effect.object.metadata.name, Date.parse(effect.object.spec.renewTime)];
    });
  };

  test('stay online where they were, so that the last state can be looked at', () =>
    assert.deepEqual(getRenewals(true), [
      ['online', Date.parse(at(500))],
      ['last', Date.parse(at(500))],
    ]));

  test('send nothing more in a history', () => assert.deepEqual(getRenewals(false), []));
});

test('a table has a row for each change of a judgement', () => {
  const rows = toChanges(judgeRecording(readRecording(folder)));
  assert.deepEqual(
    rows.map(({ time, object, verdict }) => [new Date(time * 1000).toISOString(), object, verdict]),
    [[at(0), 'VideoAnalyticsJob plant/v', 'healthy']]
  );
  assert.equal(formatTsv(rows).split('\n')[1], '2026-01-02T03:04:05Z\tVideoAnalyticsJob plant/v\thealthy\thealthy\t');
  assert.match(formatMarkdown(rows), /^\| Time .*\n\| - .*\n\| 2026-01-02T03:04:05Z \| VideoAnalyticsJob plant\/v \|/);
});
