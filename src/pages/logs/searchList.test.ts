import { KEPT_SEARCHES, NAME_LIMIT, SAVED_FORMAT, withSearch, type SavedSearch } from './searchList';
import { NOTHING_SELECTED } from './selection';

const { parse, write } = SAVED_FORMAT;
const search = (name: string, change: Partial<SavedSearch['selection']> = {}): SavedSearch => ({
  name,
  selection: { ...NOTHING_SELECTED, ...change },
});
const named = (...names: string[]) => JSON.stringify(names.map((name) => ({ name, search: { namespace: 'robots' } })));

it('gives back what was written', () => {
  const searches = [
    search('a', { namespace: 'robots', include: ['x', '"y"'], levels: ['error'], order: 'oldest' }),
    { ...search('b', { job: 'dog' }), range: { from: 'now-6h', to: 'now' } },
    { ...search('c', { job: 'dog' }), range: { from: '2026-05-04T01:55:00.000Z', to: 'now' } },
  ];
  expect(parse(write(searches))).toEqual(searches);
});

it.each([
  ['nothing', undefined, []],
  ['what is no JSON', '{', []],
  ['what is no list', '{"name":"a"}', []],
  ['elements that are none', '["a",null,1,[],{},{"name":"a"},{"name":5,"search":{}},{"name":" ","search":{}}]', []],
  ['names that are too long', named('x'.repeat(500)), ['x'.repeat(NAME_LIMIT)]],
  ['a name twice', named('a', 'a'), ['a']],
  ['names with breaks', named('a\n\tb'), ['a b']],
])('reads %s', (_, stored, names) => expect(parse(stored).map(({ name }) => name)).toEqual(names));

it.each([
  ['times that are none', { from: 'yesterday', to: 'now' }],
  ['one end only', { from: 'now-1h' }],
  ['times of another type', { from: 1, to: 2 }],
])('drops %s and keeps the search', (_, range) =>
  expect(parse(JSON.stringify([{ name: 'a', search: { job: 'dog', level: ['fatal'] }, ...range }]))).toEqual([
    search('a', { job: 'dog' }),
  ])
);

it('puts a search in the place of that of the same name', () =>
  expect(withSearch([search('b', { job: 'old' }), search('c')], search('b', { job: 'new' }))).toEqual([
    search('b', { job: 'new' }),
    search('c'),
  ]));

it('keeps as many as a person can have in a text that is not too long', () => {
  const all = Array.from({ length: KEPT_SEARCHES }, (_, index) => search(`${index}`, { namespace: 'robots' }));
  expect(write(all).length).toBeLessThan(10_000);
});
