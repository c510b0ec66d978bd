import { familyHeader, sampleLines, type MetricFamily } from '../exposition';

/** Series that are put into one piece of text: enough to be quick, and no text of many megabytes. */
const PIECE = 2_000;

/** Families in Prometheus' text format, as UTF-8. */
export function expositionBytes(families: Iterable<MetricFamily>): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const pieces: Uint8Array[] = [];
  for (const family of families) {
    pieces.push(encoder.encode(familyHeader(family)));
    const samples = [...family.samples];
    for (let start = 0; start < samples.length; start += PIECE) {
      pieces.push(encoder.encode(sampleLines(family.name, samples.slice(start, start + PIECE))));
    }
  }
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
