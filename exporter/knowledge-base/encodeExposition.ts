import { formatFamilyHeader, formatSamples, type MetricFamily } from '../http/exposition';

/** Series per encoded chunk: large enough to be fast, small enough to avoid strings of many megabytes. */
const SERIES_PER_CHUNK = 2_000;

/** Maximum number of UTF-8 bytes for one UTF-16 code unit. */
const MAX_BYTES_PER_CODE_UNIT = 3;

/**
 * Encodes families in the Prometheus text format as UTF-8.
 * @param expectedBytes estimated size, such as that of the previous read, which avoids reallocations
 */
export function encodeExposition(families: Iterable<MetricFamily>, expectedBytes = 0): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  let bytes = new Uint8Array(expectedBytes);
  let offset = 0;
  const write = (text: string) => {
    const needed = offset + text.length * MAX_BYTES_PER_CODE_UNIT;
    if (needed > bytes.length) {
      const larger = new Uint8Array(Math.max(needed, Math.ceil(bytes.length * 1.5)));
      larger.set(bytes.subarray(0, offset));
      bytes = larger;
    }
    offset += encoder.encodeInto(text, bytes.subarray(offset)).written;
  };
  for (const family of families) {
    write(formatFamilyHeader(family));
    const samples = [...family.samples];
    for (let start = 0; start < samples.length; start += SERIES_PER_CHUNK) {
      write(formatSamples(family.name, samples.slice(start, start + SERIES_PER_CHUNK)));
    }
  }
  return bytes.subarray(0, offset);
}
