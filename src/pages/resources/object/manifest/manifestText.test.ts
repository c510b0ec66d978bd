import { parseYaml, toSortedYaml, toYaml } from './manifestText';

/** Texts that YAML 1.1, which kubectl and the API server use, parses as another type. */
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

describe('manifestText', () => {
  it.each([...TEXTS, ...ODD, 'x'.repeat(300)])('parses the formatted text %j to the same text', (text) => {
    const value = { spec: { text, list: [text], [text || 'empty']: 1 } };
    expect(parseYaml(toYaml(value))).toEqual([value]);
  });

  it.each(TEXTS.filter((text) => text !== '.5'))('quotes %j, which YAML 1.1 parses as another type', (text) => {
    expect(toYaml({ text })).toMatch(/^text: ['"]/);
  });

  it('neither folds long lines nor uses anchors', () => {
    const shared = { a: 1 };
    const text = toYaml({ long: 'word '.repeat(100).trim(), one: shared, two: shared });
    expect(text.split('\n')).toHaveLength(6);
    expect(text).not.toMatch(/[&*]/);
  });

  it('sorts the fields of objects for comparison', () => {
    const one = { b: [{ d: 1, c: 2 }], a: null };
    expect(toSortedYaml(one)).toBe(toSortedYaml({ a: null, b: [{ c: 2, d: 1 }] }));
    expect(toSortedYaml(one)).toBe('a: null\nb:\n  - c: 2\n    d: 1\n');
  });

  it('parses several documents, JSON, and dates as texts', () => {
    expect(parseYaml('a: 1\n---\nb: 2026-11-24T08:00:00Z\n')).toEqual([{ a: 1 }, { b: '2026-11-24T08:00:00Z' }]);
    expect(parseYaml('{"a": [true, null, "x"]}')).toEqual([{ a: [true, null, 'x'] }]);
    expect(parseYaml('')).toEqual([]);
  });

  it.each([
    ['a: [1, 2', /line|\(1:|\(2:/],
    ['a: 1\n b: 2', /\(2:\d+\)/],
    ['a: 1\na: 2', /duplicate.*\(2:1\)/],
    ['a: *missing', /\(1:\d+\)/],
  ])('reports the position of the error in %j', (text, where) => expect(() => parseYaml(text)).toThrow(where));
});
