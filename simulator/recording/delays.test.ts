import assert from 'node:assert/strict';
import path from 'node:path';
import { rmSync } from 'node:fs';
import { after, describe, test } from 'node:test';
import { formatDelays, isWithin, measureDelays } from './delays';
import { readExpectations } from './expectations';
import { readRecording } from './recording';
import { RECORDINGS, skipWithoutRecording, writeRecording } from './recording.fixture';

test('a recording is beside the repository', { skip: skipWithoutRecording }, () => assert.ok(RECORDINGS.length > 0));

for (const folder of RECORDINGS) {
  test(`each fault of ${path.basename(folder)} is named within two scrapes and the patience of its rule`, (context) => {
    const delays = measureDelays(readRecording(folder), readExpectations(folder)!);
    context.diagnostic(formatDelays(delays));
    const late = delays.filter(({ named, judged }) => !isWithin(named) || !isWithin(judged));
    assert.equal(late.length, 0, formatDelays(late));
  });
}

describe('measureDelays', () => {
  const START = Date.parse('2026-01-02T03:04:05Z');
  const at = (seconds: number) => new Date(START + seconds * 1000).toISOString();
  const job = (conditions: Array<[type: string, seconds: number]>) => ({
    apiVersion: 'sedna.io/v1alpha1',
    kind: 'VideoAnalyticsJob',
    metadata: { namespace: 'plant', name: 'v', uid: 'v-uid', creationTimestamp: at(0) },
    status: { conditions: conditions.map(([type, seconds]) => ({ type, lastTransitionTime: at(seconds) })) },
  });
  const pod = (phase: string) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace: 'plant', name: 'v-pod', uid: 'p-uid', labels: { 'videoanalyticsjob.sedna.io/name': 'v' } },
    spec: { nodeName: 'edge-7' },
    status: { phase },
  });
  const recording = writeRecording({
    events: [
      { time: at(0), event: 'ADDED', object: job([['Running', 0]]) },
      { time: at(1), event: 'ADDED', object: pod('Running') },
      { time: at(20), event: 'MODIFIED', object: pod('Failed') },
      // The watch is late.
      { time: at(180), event: 'MODIFIED', object: job([['Failed', 20]]) },
      { time: at(400), event: 'MODIFIED', object: job([['Failed', 20]]) },
    ],
  });
  after(() => rmSync(recording, { recursive: true }));
  const measure = (change: object) => {
    const nodes = [{ node: 'edge-7', edge: true, ready: [{ time: at(0), ready: 'True' }] }];
    const object = {
      ...{ kind: 'VideoAnalyticsJob', namespace: 'plant', name: 'v', uid: 'v-uid', created: at(0), workers: [] },
      state: { stage: null, condition: 'Failed', since: at(20) },
      expected: { verdict: 'failed', cause: 'worker-failed', text: '', evidence: [] },
    };
    const expectations = { nodes, objects: [object], ...change } as unknown as Parameters<typeof measureDelays>[1];
    return measureDelays(readRecording(recording), expectations)[0];
  };

  test('counts from the newest condition until the cause is named, and until the verdict', () => {
    const { truth, named, judged } = measure({});
    assert.equal(truth, START / 1000 + 20);
    assert.deepEqual(named, { seconds: 160, bound: 30 });
    assert.equal(judged.bound, 90);
    assert.equal(isWithin(named), false);
  });

  test('allows for the time in which a node was silent', () => {
    const ready = [
      { time: at(0), ready: 'True' },
      { time: at(30), ready: 'Unknown' },
      { time: at(40), ready: 'True' },
    ];
    assert.equal(measure({ nodes: [{ node: 'edge-7', edge: true, ready }] }).named.bound, 40);
  });

  test('tells what is never named', () => {
    const object = { ...measure({}).object, uid: 'another' };
    const delays = measure({ objects: [object] });
    assert.equal(isWithin(delays.named), false);
    assert.match(formatDelays([delays]), /\| never \(at most 30 s\) \|/);
  });
});
