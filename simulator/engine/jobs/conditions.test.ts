import assert from 'node:assert/strict';
import { test } from 'node:test';
import { appendCondition, emptyKnowledgeBase, inputData, model, outputData } from './conditions';
import type { KubeObject } from '../types';

const AT = Date.parse('2026-11-24T03:00:07.900Z');

function job(): KubeObject {
  return {
    apiVersion: 'sedna.io/v1alpha1',
    kind: 'LifelongLearningJob',
    metadata: { name: 'j', namespace: 'default' },
  };
}

test('appendCondition uses whole seconds and omits empty fields', () => {
  const object = job();
  appendCondition(object, 'Train', 'Waiting', AT);
  assert.deepEqual(object.status, {
    startTime: '2026-11-24T03:00:07Z',
    knowledgeBase: emptyKnowledgeBase(),
    conditions: [
      {
        type: 'Waiting',
        status: 'True',
        stage: 'Train',
        lastHeartbeatTime: '2026-11-24T03:00:07Z',
        lastTransitionTime: '2026-11-24T03:00:07Z',
      },
    ],
  });
});

test('appendCondition keeps earlier conditions and the start time', () => {
  const object = job();
  for (let i = 0; i < 3; i++) {
    appendCondition(object, 'Train', 'Waiting', AT + i * 60_000, { message: 'reported by lc', data: '{}' });
  }
  assert.equal(object.status.conditions.length, 3);
  assert.equal(object.status.startTime, '2026-11-24T03:00:07Z');
  assert.equal(object.status.conditions[2].message, 'reported by lc');
});

test('inputData and outputData match the data of real reports', () => {
  assert.equal(
    inputData({ dataURL: '/output/data/train/1/data.csv', outputDir: '/output/train/1' }),
    '{"input":{"dataURL":"/output/data/train/1/data.csv","outputDir":"/output/train/1"}}'
  );
  assert.equal(
    outputData([model('/output/train/1/index.pkl')]),
    '{"output":{"models":[{"format":"pkl","url":"/output/train/1/index.pkl","classes":null}]}}'
  );
  assert.equal(
    outputData([model('/output/eval/1/index.pkl', 'pkl', { precision_score: 0.89 })]),
    '{"output":{"models":[{"format":"pkl","url":"/output/eval/1/index.pkl","metrics":{"precision_score":0.89},"classes":null}]}}'
  );
});
