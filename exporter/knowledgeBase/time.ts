/**
 * Milliseconds since 1970 of a time as SQLite and its clients write it: text (UTC unless it has a zone), Unix seconds
 * or Unix milliseconds. NaN for anything else.
 */
export function toTime(time: string | null): number {
  const text = (time ?? '').trim().replace(/(\.\d{3})\d+/, '$1');
  if (/^\d+(\.\d+)?$/.test(text)) {
    return Number(text) < 1e11 ? Number(text) * 1000 : Number(text);
  }
  return Date.parse(/(Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text.replace(' ', 'T')}Z`);
}
