/**
 * Fields that a spreadsheet would run as a formula. Also matches our own prefix `'`, so that removing one `'` always
 * restores the value.
 */
const FORMULA = /^(?:\s*['=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n])/;

/** Formats a field of RFC 4180. */
function formatField(value = ''): string {
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Formats a record of RFC 4180, including its line break. */
export const formatCsvRecord = (values: ReadonlyArray<string | undefined>): string =>
  `${values.map(formatField).join(',')}\r\n`;
