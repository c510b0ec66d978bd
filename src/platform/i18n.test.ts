import { t } from './i18n';

describe('t', () => {
  it('inserts markup and quotes of a value as they are, because React escapes what it renders', () =>
    expect(t('test.name', 'Open {{name}}', { name: `<b>"R&D"</b> it's` })).toBe(`Open <b>"R&D"</b> it's`));

  it('does not replace placeholders within a value', () =>
    expect(t('test.name', 'Open {{name}}', { name: '{{other}} $t(test.key) $&' })).toBe(
      'Open {{other}} $t(test.key) $&'
    ));

  it('groups the digits of numbers', () =>
    expect(t('test.count', 'All {{total}} lines', { total: 1_234_567 })).toBe('All 1,234,567 lines'));

  it.each([
    [1, '1 line'],
    [12_000, '12,000 lines'],
  ])('selects the plural form by the number %d', (count, text) =>
    expect(t('test.lines', '{{count}} lines', { count, defaultValue_one: '{{count}} line' })).toBe(text)
  );

  it('returns a text without values unchanged', () =>
    expect(t('test.plain', 'Nothing & no one')).toBe('Nothing & no one'));
});
