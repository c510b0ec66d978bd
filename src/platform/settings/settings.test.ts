import { parseSettings } from './settings';

describe('settings', () => {
  it('parses saved settings', () =>
    expect(parseSettings({ prometheusUid: 'a', lokiUid: 'b' })).toEqual({ prometheusUid: 'a', lokiUid: 'b' }));

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'prometheusUid'],
    ['a list', ['a']],
    ['fields of other types', { prometheusUid: 5, lokiUid: { uid: 'a' } }],
    ['empty texts', { prometheusUid: '', lokiUid: '' }],
    ['fields of another version', { apiUrl: 'http://example.org', isApiKeySet: true }],
  ])('falls back to the defaults if jsonData is %s', (_, jsonData) =>
    expect(parseSettings(jsonData)).toEqual({ prometheusUid: undefined, lokiUid: undefined })
  );

  it('keeps the threshold that version 0.1 saved, unless there is a newer one', () => {
    expect(parseSettings({ logsAskAboveGb: 3 })).toMatchObject({ largeSearchGb: 3 });
    expect(parseSettings({ logsAskAboveGb: 3, largeSearchGb: 4 })).toMatchObject({ largeSearchGb: 4 });
  });

  it('keeps valid values next to ones that are not valid', () =>
    expect(parseSettings({ prometheusUid: 'a', lokiUid: 5, other: 1 })).toEqual({
      prometheusUid: 'a',
      lokiUid: undefined,
    }));
});
