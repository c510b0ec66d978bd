/**
 * Property test with arbitrary objects: no exceptions, only finite values, and parsable output. Runs for
 * SEDNA_FUZZ_SECONDS, 2 by default.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { STAGE_CONDITIONS, STAGES, WATCHED_KINDS } from '../../../src/sedna/kinds';
import { CLUSTER_METRICS, renderFamilies } from '../objectSeries';
import { ObjectStore } from '../objectStore';

const SECONDS = Number(process.env.SEDNA_FUZZ_SECONDS || 2);

/** Arbitrary text, including quotes, line breaks, and lone surrogates. */
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('"', '\\', '\n', '\ud800', '__proto__', 'toString', '')
);
const anything = fc.oneof(fc.jsonValue(), text, fc.constantFrom(null, NaN, Infinity, -0, 1e308, [], {}, true));
/** Usually the expected type, sometimes anything else. */
const mostly = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 8, arbitrary: value }, { weight: 1, arbitrary: anything });
const optionalFields = (record: Record<string, fc.Arbitrary<unknown>>) => fc.record(record, { requiredKeys: [] });

const url = fc.oneof(
  text,
  fc.nat(40).map((round) => `/output/train/${round}`),
  fc.constant('s3://7/a/99999999999999999999')
);
const number = fc.oneof(
  fc.double(),
  fc.double().map(String),
  fc.constantFrom('93.1%', '0x10', '1e999', '1e-999', '.', '-')
);
const model = optionalFields({
  url: mostly(url),
  format: text,
  metrics: mostly(fc.dictionary(text, mostly(number))),
  classes: fc.constant(null),
});
const side = optionalFields({
  models: mostly(fc.array(mostly(model), { maxLength: 20 })),
  model: mostly(model),
  outputDir: mostly(url),
  dataURL: mostly(url),
});
const data = fc.oneof(
  mostly(optionalFields({ input: mostly(side), output: mostly(side) })).map((value) => JSON.stringify(value)),
  text
);
const time = fc.oneof(
  fc
    .date({ min: new Date('1970-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString()),
  fc.constantFrom('2026-13-45T99:99:99Z', '2026-11-24T08:00:00+99:99', '')
);
const condition = optionalFields({
  stage: mostly(fc.constantFrom(...STAGES)),
  type: mostly(fc.constantFrom(...STAGE_CONDITIONS)),
  lastTransitionTime: mostly(time),
  data: mostly(data),
});
const trigger = optionalFields({
  timer: mostly(optionalFields({ start: mostly(text), end: mostly(text) })),
  condition: mostly(optionalFields({ operator: mostly(text), threshold: mostly(number), metric: mostly(text) })),
});
const variable = optionalFields({ name: fc.constant('MODEL_URLS'), value: mostly(text) });
const template = optionalFields({
  spec: mostly(
    optionalFields({
      containers: mostly(fc.array(mostly(optionalFields({ env: mostly(fc.array(mostly(variable))) })))),
    })
  ),
});
const object = fc.record({
  metadata: fc.record({
    namespace: fc.constantFrom('default', 'robots', '"'),
    name: fc.constantFrom('a', 'b', 'c\n'),
    uid: fc.constantFrom('1', '2'),
    annotations: fc.constant({ 'sedna.io/credential': 'a-secret' }),
  }),
  spec: mostly(
    optionalFields({ trainSpec: mostly(optionalFields({ trigger: mostly(trigger), template: mostly(template) })) })
  ),
  status: mostly(
    optionalFields({
      conditions: mostly(fc.array(mostly(condition), { maxLength: 40 })),
      metrics: mostly(fc.array(mostly(optionalFields({ key: mostly(text), value: mostly(number) })))),
    })
  ),
});
const step = fc.record({
  kind: fc.nat(WATCHED_KINDS.length - 1),
  remove: fc.boolean(),
  object: fc.oneof({ weight: 9, arbitrary: object }, { weight: 1, arbitrary: anything }),
});

/** A sample in the Prometheus text format: labels in which only `\\`, `\"`, and `\n` are escaped, then a number. */
const LINE = /^([a-z_]+)\{((?:[a-z_]+="(?:[^"\\\n]|\\[\\"n])*",?)+)\} (-?\d+(?:\.\d+)?(?:e[+-]\d+)?)$/;
const NAMES = new Set(CLUSTER_METRICS.map(({ name }) => name));

function assertValidExposition(page: string): void {
  const seen = new Set<string>();
  for (const line of page.split('\n').filter((each) => each !== '' && !each.startsWith('#'))) {
    const [, name, labels, value] = LINE.exec(line) ?? assert.fail(`not a line: ${JSON.stringify(line)}`);
    assert.ok(NAMES.has(name), name);
    assert.ok(Number.isFinite(Number(value)), line);
    assert.ok(!seen.has(`${name}{${labels}`), `twice: ${line}`);
    seen.add(`${name}{${labels}`);
  }
  assert.doesNotMatch(page, /\p{Surrogate}/u);
  assert.ok(!page.includes('a-secret'));
}

test('any sequence of objects yields parsable output', () => {
  const property = fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
    const kinds = WATCHED_KINDS.map((kind) => new ObjectStore(kind, () => undefined));
    for (const { kind, remove, object: written } of steps) {
      // Round trip through JSON, as objects come from the API server.
      const arrived: unknown = JSON.parse(JSON.stringify(written) ?? 'null');
      if (remove) {
        kinds[kind].remove(arrived);
      } else {
        kinds[kind].put(arrived);
      }
      assertValidExposition([...renderFamilies(kinds.flatMap((objects) => objects.snapshot()))].join(''));
    }
  });
  fc.assert(property, { interruptAfterTimeLimit: SECONDS * 1_000, markInterruptAsFailure: false, numRuns: 1e9 });
});
