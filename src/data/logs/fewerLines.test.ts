import { withFewerLines } from './fewerLines';
import type { LineRequest, LogEntry } from './logEntries';

/** What Loki answers if a part of it can't send the lines to another. */
const TOO_LARGE = {
  status: 500,
  data: {
    message: 'rpc error: code = ResourceExhausted desc = trying to send message larger than max (17500000 vs. 4194304)',
  },
};
const REQUEST: LineRequest = {
  expr: '{a="b"}',
  start: BigInt(0),
  end: BigInt(10_000),
  limit: 500,
  direction: 'forward',
};

/** Loki that sends at most `bytes` of text; lines of `sizes` bytes are one nanosecond apart. */
function createLoki(sizes: readonly number[], bytes = 4_194_304) {
  const limits: number[] = [];
  const entries = sizes.map((size, index): LogEntry => ({ time: BigInt(index), text: 'x'.repeat(size), labels: {} }));
  const fetchLines = async ({ start, end, limit }: LineRequest) => {
    limits.push(limit);
    const page = entries.filter(({ time }) => time >= start && time < end).slice(0, limit);
    if (page.reduce((sum, { text }) => sum + text.length, 0) > bytes) {
      throw TOO_LARGE;
    }
    return { entries: page, cost: { bytes: 0, lines: 0 } };
  };
  return { limits, fetchLines: withFewerLines(fetchLines) };
}

describe('lines that are too long for one response', () => {
  it('are requested with half the limit, never with the same one', async () => {
    const { limits, fetchLines } = createLoki(Array(600).fill(35_000));
    const { entries, limit } = await fetchLines(REQUEST);
    expect(limits).toEqual([500, 250, 125, 62]);
    expect([entries.length, limit]).toEqual([62, 62]);
  });

  it('fail if a single one is too long', async () => {
    const { limits, fetchLines } = createLoki([5_000_000]);
    await expect(fetchLines({ ...REQUEST, limit: 4 })).rejects.toBe(TOO_LARGE);
    expect(limits).toEqual([4, 2, 1]);
  });

  it('are no reason for another request after other errors', async () => {
    const fetchLines = jest.fn().mockRejectedValue({ status: 400, data: { message: 'parse error' } });
    await expect(withFewerLines(fetchLines)(REQUEST)).rejects.toMatchObject({ status: 400 });
    expect(fetchLines).toHaveBeenCalledTimes(1);
  });
});
