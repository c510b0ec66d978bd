import { parseYaml, toSortedYaml, toYaml } from './yamlText';

/** What kubectl and the API server read by YAML 1.1 must not become another type. */
const TEXTS = ['yes', 'no', 'on', 'off', 'y', 'null', '~', 'true', '1', '0x1f', '017', '1_000', '1e3', '1:30', '.5'];
const ODD = [
  '2026-11-24',
  '=',
  '<<',
  '',
  ' ',
  '- a',
  'a: b',
  '#',
  '%',
  '@',
  '`',
  '"',
  "'",
  '{',
  '\n',
  'a\nb\n',
  '漢',
  '😀',
];

it.each([...TEXTS, ...ODD, 'x'.repeat(300)])('reads the text %j back as it was', (text) => {
  const value = { spec: { text, list: [text], [text || 'empty']: 1 } };
  expect(parseYaml(toYaml(value))).toEqual([value]);
});

it.each(TEXTS.filter((text) => text !== '.5'))('quotes %j, which is something else to YAML 1.1', (text) => {
  expect(toYaml({ text })).toMatch(/^text: ['"]/);
});

it('folds no long line, and shares nothing by anchors', () => {
  const shared = { a: 1 };
  const text = toYaml({ long: 'word '.repeat(100).trim(), one: shared, two: shared });
  expect(text.split('\n')).toHaveLength(6);
  expect(text).not.toMatch(/[&*]/);
});

it('compares without the order of fields', () => {
  const one = { b: [{ d: 1, c: 2 }], a: null };
  expect(toSortedYaml(one)).toBe(toSortedYaml({ a: null, b: [{ c: 2, d: 1 }] }));
  expect(toSortedYaml(one)).toBe('a: null\nb:\n  - c: 2\n    d: 1\n');
});

it('reads several documents, JSON, and dates as texts', () => {
  expect(parseYaml('a: 1\n---\nb: 2026-11-24T08:00:00Z\n')).toEqual([{ a: 1 }, { b: '2026-11-24T08:00:00Z' }]);
  expect(parseYaml('{"a": [true, null, "x"]}')).toEqual([{ a: [true, null, 'x'] }]);
  expect(parseYaml('')).toEqual([]);
});

it.each([
  ['a: [1, 2', /line|\(1:|\(2:/],
  ['a: 1\n b: 2', /\(2:\d+\)/],
  ['a: 1\na: 2', /duplicate.*\(2:1\)/],
  ['a: *missing', /\(1:\d+\)/],
])('says where %j cannot be read', (text, where) => expect(() => parseYaml(text)).toThrow(where));
