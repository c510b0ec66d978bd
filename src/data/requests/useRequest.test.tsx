import { act, renderHook } from '@testing-library/react';
import { useRequest } from './useRequest';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const wait = (ms: number) => act(() => jest.advanceTimersByTimeAsync(ms));
const down = { status: 502, message: 'Bad Gateway' };

it('waits, then has the answer', async () => {
  const ask = jest.fn().mockResolvedValue(['a']);
  const { result } = renderHook(() => useRequest(ask));
  expect(result.current).toEqual({ state: 'loading' });
  await wait(0);
  expect(result.current).toEqual({ state: 'done', value: ['a'] });
});

it('asks once where it was answered', async () => {
  const ask = jest.fn().mockResolvedValue([]);
  renderHook(() => useRequest(ask));
  await wait(60_000);
  expect(ask).toHaveBeenCalledTimes(1);
});

it('says why it failed, asks again by itself and recovers', async () => {
  const ask = jest.fn().mockRejectedValueOnce(down).mockRejectedValueOnce(down).mockResolvedValue(['back']);
  const { result } = renderHook(() => useRequest(ask));
  await wait(0);
  expect(result.current).toEqual({ state: 'error', error: down });
  await wait(6000);
  expect(result.current).toEqual({ state: 'error', error: down });
  await wait(6000);
  expect(result.current).toEqual({ state: 'done', value: ['back'] });
  await wait(60_000);
  expect(ask).toHaveBeenCalledTimes(3);
});

it('does not hammer a server that is away', async () => {
  const ask = jest.fn().mockRejectedValue(down);
  renderHook(() => useRequest(ask));
  await wait(60_000);
  expect(ask.mock.calls.length).toBeLessThanOrEqual(13);
});

it('stops asking when the page is left', async () => {
  const ask = jest.fn().mockRejectedValue(down);
  const { unmount } = renderHook(() => useRequest(ask));
  await wait(0);
  unmount();
  await wait(60_000);
  expect(ask).toHaveBeenCalledTimes(1);
});

it('does not begin to ask again when the page was left before the failure came', async () => {
  const ask = jest.fn(() => new Promise<string>((_, reject) => setTimeout(() => reject(down), 1000)));
  const { unmount } = renderHook(() => useRequest(ask));
  unmount();
  await wait(60_000);
  expect(ask).toHaveBeenCalledTimes(1);
});

it('takes the answer to what was asked last, also when an older one comes after it', async () => {
  const after = (ms: number, value: string) => () =>
    new Promise<string>((resolve) => setTimeout(() => resolve(value), ms));
  const { result, rerender } = renderHook(({ ask }) => useRequest(ask), { initialProps: { ask: after(3000, 'old') } });
  rerender({ ask: after(1000, 'new') });
  await wait(5000);
  expect(result.current).toEqual({ state: 'done', value: 'new' });
});
