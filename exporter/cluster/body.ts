import type { IncomingMessage } from 'node:http';
import { ReadError } from './causes';

/** Longest line of a watch, in UTF-16 units: etcd takes objects of 1.5 MB, some installations a few times that. */
const MAX_LINE_LENGTH = 32_000_000;

/** The whole body as text. @throws when the connection ends before it */
export async function readBody(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString();
}

/**
 * The lines of a body as they come. What stands after the last line break is none: the connection was cut in it.
 * @throws when the connection breaks, and for a line without an end
 */
export async function* readLines(response: IncomingMessage): AsyncGenerator<string> {
  let begun: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    let from = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      const line = Buffer.concat([...begun, chunk.subarray(from, end)]).toString();
      begun = [];
      length = 0;
      from = end + 1;
      yield line;
    }
    begun.push(chunk.subarray(from));
    length += chunk.length - from;
    if (length > MAX_LINE_LENGTH) {
      throw new ReadError('malformed_event', 'a watch event is too long');
    }
  }
}
