import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseInferenceMessages } from './inference';
import { lokiRules } from './rules';

const expressionOf = (json: string) =>
  lokiRules({ inference: parseInferenceMessages(json) }).groups[0].rules.find(
    ({ record }) => record === 'sedna_log_inference_samples_per_minute'
  )?.expr;

test('lines of a job of your own take the place of the example', () => {
  const expr = expressionOf('[{ "state": "done", "contains": "say \\"x\\"", "pattern": "class [0-9]+$" }]');
  assert.equal(
    expr,
    'label_replace(label_replace(sum by (cluster, namespace, pod) (count_over_time(' +
      '{pod=~".+-(?:(?:train|eval|inference|aggregation|edge|cloud|videoanalytics|reid|trackingworker)-|' +
      'deployment-(?:edge|cloud|fe|reidworker|userworker)-[a-z0-9]*-?)[a-z0-9]{5}"} |= "say \\"x\\"" | decolorize | __error__="" |~ "class [0-9]+\\u0024"' +
      ' [1m] offset 1m)), "state", "done", "", ""), "task", "any", "", "")'
  );
});

test('without a line there is no rule', () => assert.equal(expressionOf('[]'), undefined));

test('what waits is counted only where the start of a sample is a line', () => {
  assert.ok(!expressionOf('[{ "state": "done", "contains": "x" }]')?.includes('"ready"'));
  assert.ok(expressionOf('[{ "state": "started", "contains": "x" }]')?.includes('"ready"'));
});

test('a wrong entry is named with what is wrong', () => {
  const refused: Array<[string, RegExp]> = [
    ['{}', /a list of lines/],
    ['[null]', /entry 1: state must be one of started, done, error/],
    ['[{ "state": "done", "contains": "x" }, { "state": "half", "contains": "x" }]', /entry 2: state/],
    ['[{ "state": "done", "task": "maybe", "contains": "x" }]', /entry 1: task must be one of known, unknown, any/],
    ['[{ "state": "done", "contains": "" }]', /entry 1: contains/],
    ['[{ "state": "done", "contains": "x", "pattern": 1 }]', /entry 1: pattern/],
  ];
  for (const [json, message] of refused) {
    assert.throws(() => parseInferenceMessages(json), message);
  }
});
