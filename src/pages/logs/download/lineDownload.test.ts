import { createLineDownload } from './lineDownload';
import { withFewerLines } from '../../../data/logs/fewerLines';
import type { LineRequest, LogEntry } from '../../../data/logs/logEntries';

const TOO_LARGE = { status: 500, data: { message: 'trying to send message larger than max (17500000 vs. 4194304)' } };

describe('createLineDownload', () => {
  it('downloads lines that are too long for one response, and requests larger pages again after them', async () => {
    const sizes = [...Array(300).fill(35_000), ...Array(3000).fill(100)];
    const limits: number[] = [];
    const fetchLines = withFewerLines(async ({ start, end, limit }: LineRequest) => {
      limits.push(limit);
      const page = sizes
        .map((size, index): LogEntry => ({ time: BigInt(index), text: 'x'.repeat(size), labels: {} }))
        .filter(({ time }) => time >= start && time < end)
        .slice(0, limit);
      if (page.reduce((sum, { text }) => sum + text.length, 0) > 4_194_304) {
        throw TOO_LARGE;
      }
      return { entries: page, cost: { bytes: 0, lines: 0 } };
    });
    let text = '';
    const download = createLineDownload({
      expr: '{}',
      from: BigInt(0),
      to: BigInt(sizes.length),
      format: 'text',
      fetchLines,
      write: async (bytes) => void (text += Buffer.from(bytes).toString()),
      onProgress: () => undefined,
      pageSize: 500,
    });
    // The DOM of the tests has signals without throwIfAborted.
    const signal = Object.assign(new AbortController().signal, { throwIfAborted: () => undefined });
    const { lines } = await download(signal);
    expect(lines).toBe(sizes.length);
    expect(text.match(/x+/g)?.map(({ length }) => length)).toEqual(sizes);
    expect(limits.at(-1)).toBe(500);
  });
});
