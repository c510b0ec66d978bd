import { parseSettings } from './settings';

it('reads what it wrote', () =>
  expect(parseSettings({ prometheusUid: 'a', lokiUid: 'b' })).toEqual({ prometheusUid: 'a', lokiUid: 'b' }));

it.each([
  ['nothing', undefined],
  ['null', null],
  ['a text', 'prometheusUid'],
  ['a list', ['a']],
  ['fields of other types', { prometheusUid: 5, lokiUid: { uid: 'a' } }],
  ['empty texts', { prometheusUid: '', lokiUid: '' }],
  ['fields of another version', { apiUrl: 'http://example.org', isApiKeySet: true }],
])('lets the app choose where the settings are %s', (_, jsonData) =>
  expect(parseSettings(jsonData)).toEqual({ prometheusUid: undefined, lokiUid: undefined })
);

it('takes what fits beside what does not', () =>
  expect(parseSettings({ prometheusUid: 'a', lokiUid: 5, other: 1 })).toEqual({
    prometheusUid: 'a',
    lokiUid: undefined,
  }));
