import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseInferenceMessages } from './inferenceMessages';
import { buildLokiRules } from './rules';

const getExpression = (json: string) =>
  buildLokiRules({ inference: parseInferenceMessages(json) }).groups[0].rules.find(
    ({ record }) => record === 'sedna_log_inference_samples_per_minute'
  )?.expr;

test('custom messages replace the ones of the example', () => {
  const expr = getExpression('[{ "state": "done", "contains": "say \\"x\\"", "pattern": "class [0-9]+$" }]');
  assert.equal(
    expr,
    'label_replace(label_replace(sum by (cluster, namespace, pod) (count_over_time(' +
      '{pod=~".+-(?:(?:train|eval|inference|aggregation|edge|cloud|videoanalytics|reid|trackingworker)-|' +
      'deployment-(?:edge|cloud|fe|reidworker|userworker)-[a-z0-9]*-?)[a-z0-9]{5}|.{58}[a-z0-9]{5}"} |= "say \\"x\\"" | decolorize | __error__="" |~ "class [0-9]+\\u0024"' +
      ' [1m] offset 1m)), "state", "done", "", ""), "task", "any", "", "")'
  );
});

test('no messages yield no rule', () => assert.equal(getExpression('[]'), undefined));

test('waiting samples are counted only if a message marks the start of a sample', () => {
  assert.ok(!getExpression('[{ "state": "done", "contains": "x" }]')?.includes('"ready"'));
  assert.ok(getExpression('[{ "state": "started", "contains": "x" }]')?.includes('"ready"'));
});

test('an entry that is not valid is reported with its position and reason', () => {
  const invalid: Array<[string, RegExp]> = [
    ['{}', /expected a list of messages/],
    ['[null]', /entry 1: state must be one of started, done, error/],
    ['[{ "state": "done", "contains": "x" }, { "state": "half", "contains": "x" }]', /entry 2: state/],
    ['[{ "state": "done", "task": "maybe", "contains": "x" }]', /entry 1: task must be one of known, unknown, any/],
    ['[{ "state": "done", "contains": "" }]', /entry 1: contains/],
    ['[{ "state": "done", "contains": "x", "pattern": 1 }]', /entry 1: pattern/],
  ];
  for (const [json, message] of invalid) {
    assert.throws(() => parseInferenceMessages(json), message);
  }
});
