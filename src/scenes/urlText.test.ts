import { manyOf, manyTexts, oneText, textsToUrl, textToUrl } from './urlText';

it.each([
  ['a', 'a'],
  ['', ''],
  [null, ''],
  [undefined, ''],
  [['a', 'b'], ''],
])('reads %j as the one text %j', (value, text) => expect(oneText(value)).toBe(text));

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
])('reads %j as the texts %j', (value, texts) => expect(manyTexts(value)).toEqual(texts));

it.each([
  [
    ['warning', 'drop table', 'error'],
    ['error', 'warning'],
  ],
  ['warning', ['warning']],
  ['toString', []],
  [null, []],
])('reads %j as the allowed %j', (value, texts) => expect(manyOf(value, ['error', 'warning', 'info'])).toEqual(texts));

it('writes nothing where nothing is chosen', () => {
  expect([textToUrl(''), textToUrl('a'), textsToUrl([]), textsToUrl(['a'])]).toEqual([null, 'a', [], ['a']]);
});
