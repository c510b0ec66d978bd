import type { IncomingMessage } from 'node:http';
import { ReadError } from './errors';

/** Maximum length of a watch event in bytes. etcd limits objects to 1.5 MB by default; some clusters raise that. */
const MAX_LINE_BYTES = 32_000_000;

/** Reads the whole body as text. @throws if the connection ends early */
export async function readBody(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString();
}

/**
 * Yields the lines of a body. Drops text after the last line break: the connection was cut there.
 * @throws if the connection breaks or a line is too long
 */
export async function* readLines(response: IncomingMessage): AsyncGenerator<string> {
  let pending: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    let from = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      const line = Buffer.concat([...pending, chunk.subarray(from, end)]).toString();
      pending = [];
      length = 0;
      from = end + 1;
      yield line;
    }
    pending.push(chunk.subarray(from));
    length += chunk.length - from;
    if (length > MAX_LINE_BYTES) {
      throw new ReadError('malformed_event', 'a watch event is too long');
    }
  }
}
