import { familyHeader, sampleLines, type MetricFamily } from '../exposition';

/** Series that are put into one piece of text: enough to be quick, and no text of many megabytes. */
const PIECE = 2_000;

/** UTF-8 bytes that one unit of UTF-16 takes at most. */
const BYTES_PER_UNIT = 3;

/**
 * Families in Prometheus' text format, as UTF-8.
 * @param expected bytes that it will probably take: that of the last time, so that nothing has to be moved
 */
export function expositionBytes(families: Iterable<MetricFamily>, expected = 0): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  let bytes = new Uint8Array(expected);
  let at = 0;
  const write = (text: string) => {
    const needed = at + text.length * BYTES_PER_UNIT;
    if (needed > bytes.length) {
      const larger = new Uint8Array(Math.max(needed, Math.ceil(bytes.length * 1.5)));
      larger.set(bytes.subarray(0, at));
      bytes = larger;
    }
    at += encoder.encodeInto(text, bytes.subarray(at)).written;
  };
  for (const family of families) {
    write(familyHeader(family));
    const samples = [...family.samples];
    for (let start = 0; start < samples.length; start += PIECE) {
      write(sampleLines(family.name, samples.slice(start, start + PIECE)));
    }
  }
  return bytes.subarray(0, at);
}
