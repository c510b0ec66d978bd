import { parseEnumList, parseStringList, parseString, formatStringList, formatString } from './urlParams';

describe('urlParams', () => {
  it.each([
    ['a', 'a'],
    ['', ''],
    [null, ''],
    [undefined, ''],
    [['a', 'b'], ''],
  ])('parses %j as the single value %j', (value, text) => expect(parseString(value)).toBe(text));

  it.each([
    ['a', ['a']],
    [
      ['a', 'b', 'a'],
      ['a', 'b'],
    ],
    [['', 'a'], ['a']],
    ['', []],
    [null, []],
    [undefined, []],
    [[], []],
  ])('parses %j as the list %j', (value, texts) => expect(parseStringList(value)).toEqual(texts));

  it.each([
    [
      ['warning', 'drop table', 'error'],
      ['error', 'warning'],
    ],
    ['warning', ['warning']],
    ['toString', []],
    [null, []],
  ])('parses %j as the allowed values %j', (value, texts) =>
    expect(parseEnumList(value, ['error', 'warning', 'info'])).toEqual(texts)
  );

  it('keeps empty values out of the URL', () => {
    expect([formatString(''), formatString('a'), formatStringList([]), formatStringList(['a'])]).toEqual([
      null,
      'a',
      [],
      ['a'],
    ]);
  });
});
