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

it('keeps a limit that version 0.1 saved, unless there is a newer one', () => {
  expect(parseSettings({ logsAskAboveGb: 3 })).toMatchObject({ largeSearchGb: 3 });
  expect(parseSettings({ logsAskAboveGb: 3, largeSearchGb: 4 })).toMatchObject({ largeSearchGb: 4 });
});

it('takes what fits beside what does not', () =>
  expect(parseSettings({ prometheusUid: 'a', lokiUid: 5, other: 1 })).toEqual({
    prometheusUid: 'a',
    lokiUid: undefined,
  }));
