import fc from 'fast-check';
import { KINDS } from './kinds';
import { isEmptySearch, createMatcher, parseSearch, quoteSearch, getExactName, type Searchable } from './search';

const item = (fields: Partial<Searchable> = {}): Searchable => ({
  kind: 'LifelongLearningJob',
  namespace: 'robots',
  name: 'Robot-dog-2',
  stage: 'Train',
  level: 'none',
  starred: false,
  ...fields,
});
const finds = (text: string, fields: Partial<Searchable> = {}) => createMatcher(parseSearch(text))(item(fields));

describe('words', () => {
  it.each([
    ['', true],
    ['   ', true],
    ['dog', true],
    ['DOG', true],
    ['dog robot', true],
    ['dog cat', false],
    ['\tdog\n2 ', true],
    ['"dog-2"', true],
    ['"dog robot"', false],
    ['d.g', false],
    ['.*', false],
  ])('%j finds Robot-dog-2: %s', (text, expected) => expect(finds(text)).toBe(expected));

  it('in quotes hold blanks, and quotes and backslashes after a backslash', () => {
    expect(finds('"two words"', { name: 'these two words' })).toBe(true);
    expect(finds('"two words"', { name: 'words of two' })).toBe(false);
    expect(finds('"say \\"hi\\" \\\\ all"', { name: 'say "hi" \\ all' })).toBe(true);
  });

  it('are quoted already while the second quote is not typed yet', () => {
    expect(parseSearch('"two wor').texts).toEqual(['two wor']);
    expect(parseSearch('a "').texts).toEqual(['a', '"']);
    expect(parseSearch('""').texts).toEqual([]);
  });

  it.each(['a"b', '"a"b', 'c:\\d', 'image:v2', '"open\\'])('%s is taken as it stands', (text) =>
    expect(parseSearch(text).texts).toEqual([text])
  );
});

describe('kind:', () => {
  const kinds = (text: string) => [...(parseSearch(text).kinds ?? [])];

  it.each([
    ['kind:dataset', ['Dataset']],
    ['KIND:Datasets', ['Dataset']],
    ['kind:ll', ['LifelongLearningJob']],
    ['kind:l', ['LifelongLearningJob']],
    ['kind:federated', ['FederatedLearningJob']],
    ['kind:fe', ['FeatureExtractionService']],
    ['kind:f', ['FederatedLearningJob', 'FeatureExtractionService']],
    ['kind:obj', ['ObjectSearchService', 'ObjectTrackingService']],
    ['kind:ll kind:model', ['LifelongLearningJob', 'Model']],
    ['kind:teapot', []],
  ])('%s means %j', (text, expected) => expect(kinds(text)).toEqual(expected));

  it('is each kind by each of its names', () => {
    for (const { kind, plural, shortName } of KINDS) {
      for (const name of [kind, plural, ...(shortName ? [shortName] : [])]) {
        expect([name, kinds(`kind:${name}`)]).toEqual([name, [kind]]);
      }
    }
  });

  it('that is none finds nothing, one without a value yet everything', () => {
    expect(finds('kind:teapot')).toBe(false);
    expect(finds('kind:')).toBe(true);
    expect(finds('kind: dog')).toBe(true);
  });
});

it.each([
  ['ns:robots', true],
  ['ns:ROB', true],
  ['ns:"rob"', false],
  ['ns:"robots"', true],
  ['ns:default', false],
  ['ns:default ns:robots', true],
  ['stage:train', true],
  ['stage:t', true],
  ['stage:eval', false],
  ['stage:eval stage:train', true],
  ['ns:robots cat', false],
  ['kind:ll ns:robots stage:train dog', true],
])('%s finds a job in robots that trains: %s', (text, expected) => expect(finds(text)).toBe(expected));

describe('is:', () => {
  it('failing or stuck is what a person should look at', () => {
    expect(finds('is:failing', { level: 'failing' })).toBe(true);
    expect(finds('is:failing', { level: 'stuck' })).toBe(false);
    expect(finds('is:stuck', { level: 'stuck' })).toBe(true);
    expect(finds('is:failing is:stuck', { level: 'stuck' })).toBe(true);
    expect(finds('is:failing is:stuck')).toBe(false);
  });

  it('starred is what this person marked, among what else is asked for', () => {
    expect(finds('IS:Starred', { starred: true })).toBe(true);
    expect(finds('is:starred')).toBe(false);
    expect(finds('is:starred is:failing', { starred: true })).toBe(false);
  });

  it('does not filter until its word is whole, and is text where it never will be', () => {
    expect(isEmptySearch(parseSearch('is:'))).toBe(true);
    expect(isEmptySearch(parseSearch('is:st'))).toBe(true);
    expect(parseSearch('is:green').texts).toEqual(['is:green']);
  });
});

it('leaves everything in only where nothing is asked for', () => {
  expect(isEmptySearch(parseSearch(' '))).toBe(true);
  for (const text of ['a', 'kind:teapot', 'ns:a', 'stage:a', 'is:stuck', 'is:starred']) {
    expect([text, isEmptySearch(parseSearch(text))]).toEqual([text, false]);
  }
});

it('knows a name that is spelled out', () => {
  expect(getExactName(parseSearch('kind:ll dog'))).toBe('dog');
  expect(getExactName(parseSearch('dog cat'))).toBeUndefined();
  expect(getExactName(parseSearch('kind:ll'))).toBeUndefined();
});

describe('any text', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...'"\\ :aisknd\nΣİß.*') })
  );

  it('is read without an error', () => fc.assert(fc.property(anyText, (text) => void finds(text))));

  it('in quotes finds a name of exactly these characters, and no name without them', () =>
    fc.assert(
      fc.property(anyText, anyText, (name, other) => {
        expect(finds(quoteSearch(name), { name })).toBe(true);
        expect(parseSearch(quoteSearch(name)).texts).toEqual(name === '' ? [] : [name]);
        if (!other.toLowerCase().includes(name.toLowerCase()) && !other.includes(name)) {
          expect(finds(quoteSearch(name), { name: other })).toBe(false);
        }
      })
    ));

  it('finds a name by any parts of it', () =>
    fc.assert(
      fc.property(anyText, fc.nat(), fc.nat(), fc.nat(), fc.nat(), (name, a, b, c, d) => {
        const part = (from: number, to: number) => quoteSearch(name.slice(from % (name.length + 1), to));
        expect(finds(`${part(a, b)} ${part(c, d)}`, { name })).toBe(true);
      })
    ));
});
