/**
 * What spreadsheets run as a formula, and our own sign against that, so that it can be taken away again: a field that
 * starts with `'` lost nothing but this sign.
 */
const FORMULA = /^(?:\s*['=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n])/;

/** A field of RFC 4180. */
function csvField(value = ''): string {
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A record of RFC 4180 with the line break that ends it. */
export const formatCsvRecord = (values: ReadonlyArray<string | undefined>): string =>
  `${values.map(csvField).join(',')}\r\n`;
