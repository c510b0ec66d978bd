import { parseEnumList, parseStringList, parseString, formatStringList, formatString } from './urlParams';

it.each([
  ['a', 'a'],
  ['', ''],
  [null, ''],
  [undefined, ''],
  [['a', 'b'], ''],
])('reads %j as the one text %j', (value, text) => expect(parseString(value)).toBe(text));

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
])('reads %j as the texts %j', (value, texts) => expect(parseStringList(value)).toEqual(texts));

it.each([
  [
    ['warning', 'drop table', 'error'],
    ['error', 'warning'],
  ],
  ['warning', ['warning']],
  ['toString', []],
  [null, []],
])('reads %j as the allowed %j', (value, texts) =>
  expect(parseEnumList(value, ['error', 'warning', 'info'])).toEqual(texts)
);

it('writes nothing where nothing is chosen', () => {
  expect([formatString(''), formatString('a'), formatStringList([]), formatStringList(['a'])]).toEqual([
    null,
    'a',
    [],
    ['a'],
  ]);
});
