import { t as translate } from '@grafana/i18n';

/** React escapes what it renders; a second time would show `&amp;` for the `&` of a name. */
const interpolation = { escapeValue: false };

const numbers = new Intl.NumberFormat();

const formatValue = (value: unknown) => (typeof value === 'number' ? numbers.format(value) : value);

const formatValues = (values: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, formatValue(value)]));

/**
 * Translates a text. Inserts values as they are, and numbers with the digit grouping of the browser's locale.
 * @param key as `npm run i18n:extract` finds it: written out, not computed
 * @param values of the `{{placeholders}}`; `count` selects the plural form, `defaultValue_one` is the English singular
 */
export const t: typeof translate = (key, text, values) =>
  translate(key, text, values && { ...values, replace: formatValues(values), interpolation });
