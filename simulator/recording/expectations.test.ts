import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { test } from 'node:test';
import { compareWithExpectations, formatComparison, readExpectations } from './expectations';
import { readRecording } from './recording';
import { writeRecording } from './recording.fixture';

const at = (seconds: number) => new Date(Date.parse('2026-01-02T03:04:05Z') + seconds * 1000).toISOString();

const service = (uid: string, condition: string, seconds: number) => ({
  apiVersion: 'sedna.io/v1alpha1',
  kind: 'VideoAnalyticsJob',
  metadata: { namespace: 'plant', name: 'v', uid },
  status: { conditions: [{ type: condition, lastTransitionTime: at(seconds) }] },
});
const expectation = (uid: string, verdict: string, cause: string) => ({
  ...{ kind: 'VideoAnalyticsJob', namespace: 'plant', name: 'v', uid },
  expected: { verdict, cause, text: '' },
});

test('an object that was deleted and created again is compared twice, each by its last judgement', (t) => {
  const folder = writeRecording({
    events: [
      { time: at(0), event: 'ADDED', object: service('first', 'Running', 0) },
      { time: at(5), event: 'MODIFIED', object: service('first', 'Completed', 5) },
      { time: at(9), event: 'DELETED', object: service('first', 'Completed', 5) },
      { time: at(10), event: 'ADDED', object: service('second', 'Completed', 10) },
      { time: at(600), event: 'MODIFIED', object: service('second', 'Failed', 20) },
    ],
    expected: {
      at: at(600),
      objects: [
        expectation('first', 'finished', 'complete'),
        expectation('second', 'finished', 'complete'),
        expectation('second', 'failed', 'worker-failed'),
        expectation('third', 'finished', 'complete'),
        expectation('first', 'finished', 'of-a-later-version'),
      ],
    },
  });
  t.after(() => rmSync(folder, { recursive: true }));
  const comparisons = compareWithExpectations(readRecording(folder), readExpectations(folder)!);
  assert.deepEqual(
    comparisons.map(({ differences }) => differences),
    [
      [],
      ['the verdict is failed, not finished', "condition-failed, condition-failed don't name the cause complete"],
      [],
      ['it was never judged'],
      ["healthy don't name the cause of-a-later-version"],
    ]
  );
  const table = formatComparison(comparisons).split('\n');
  assert.match(table[2], /the verdict is failed, not finished/);
  assert.match(table.at(-2)!, /holds \|$/);
});

test('a recording without expected.json has no expectations', (t) => {
  const folder = writeRecording({ events: [] });
  t.after(() => rmSync(folder, { recursive: true }));
  assert.equal(readExpectations(folder), undefined);
});
