/**
 * Converts a time written by SQLite or its clients to milliseconds since 1970: text (UTC without a zone), Unix seconds,
 * or Unix milliseconds. Returns NaN for anything else.
 */
export function parseSqliteTime(time: string | null): number {
  const text = (time ?? '').trim().replace(/(\.\d{3})\d+/, '$1');
  if (/^\d+(\.\d+)?$/.test(text)) {
    return Number(text) < 1e11 ? Number(text) * 1000 : Number(text);
  }
  return Date.parse(/(Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text.replace(' ', 'T')}Z`);
}
