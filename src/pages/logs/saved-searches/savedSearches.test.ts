import {
  MAX_SAVED_SEARCHES,
  MAX_NAME_LENGTH,
  SAVED_SEARCHES_CODEC,
  addSearch,
  type SavedSearch,
} from './savedSearches';
import { DEFAULT_SELECTION } from '../selection';

const { parse, write } = SAVED_SEARCHES_CODEC;
const search = (name: string, change: Partial<SavedSearch['selection']> = {}): SavedSearch => ({
  name,
  selection: { ...DEFAULT_SELECTION, ...change },
});
const named = (...names: string[]) => JSON.stringify(names.map((name) => ({ name, search: { namespace: 'robots' } })));

it('restores searches as they were stored', () => {
  const searches = [
    search('a', { namespace: 'robots', include: ['x', '"y"'], levels: ['error'], order: 'oldest' }),
    { ...search('b', { job: 'dog' }), range: { from: 'now-6h', to: 'now' } },
    { ...search('c', { job: 'dog' }), range: { from: '2026-05-04T01:55:00.000Z', to: 'now' } },
  ];
  expect(parse(write(searches))).toEqual(searches);
});

it.each([
  ['an empty storage', undefined, []],
  ['text that is not JSON', '{', []],
  ['JSON that is not a list', '{"name":"a"}', []],
  [
    'elements that are not searches',
    '["a",null,1,[],{},{"name":"a"},{"name":5,"search":{}},{"name":" ","search":{}}]',
    [],
  ],
  ['names that are too long', named('x'.repeat(500)), ['x'.repeat(MAX_NAME_LENGTH)]],
  ['duplicate names', named('a', 'a'), ['a']],
  ['names with line breaks', named('a\n\tb'), ['a b']],
])('tolerates %s in storage', (_, stored, names) => expect(parse(stored).map(({ name }) => name)).toEqual(names));

it.each([
  ['times that are not valid', { from: 'yesterday', to: 'now' }],
  ['a range with one end', { from: 'now-1h' }],
  ['times of another type', { from: 1, to: 2 }],
])('ignores %s and keeps the search', (_, range) =>
  expect(parse(JSON.stringify([{ name: 'a', search: { job: 'dog', level: ['fatal'] }, ...range }]))).toEqual([
    search('a', { job: 'dog' }),
  ])
);

it('replaces the search with the same name', () =>
  expect(addSearch([search('b', { job: 'old' }), search('c')], search('b', { job: 'new' }))).toEqual([
    search('b', { job: 'new' }),
    search('c'),
  ]));

it('stores the maximum number of searches in less than 10,000 characters', () => {
  const all = Array.from({ length: MAX_SAVED_SEARCHES }, (_, index) => search(`${index}`, { namespace: 'robots' }));
  expect(write(all).length).toBeLessThan(10_000);
});
