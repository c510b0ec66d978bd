import { act, renderHook } from '@testing-library/react';
import { useRequest } from './useRequest';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const wait = (ms: number) => act(() => jest.advanceTimersByTimeAsync(ms));
const down = { status: 502, message: 'Bad Gateway' };

describe('useRequest', () => {
  it('is loading, then returns the value', async () => {
    const fetchValue = jest.fn().mockResolvedValue(['a']);
    const { result } = renderHook(() => useRequest(fetchValue));
    expect(result.current).toEqual({ state: 'loading' });
    await wait(0);
    expect(result.current).toEqual({ state: 'done', value: ['a'] });
  });

  it('sends one request when the first succeeds', async () => {
    const fetchValue = jest.fn().mockResolvedValue([]);
    renderHook(() => useRequest(fetchValue));
    await wait(60_000);
    expect(fetchValue).toHaveBeenCalledTimes(1);
  });

  it('returns the error, retries, and recovers', async () => {
    const fetchValue = jest.fn().mockRejectedValueOnce(down).mockRejectedValueOnce(down).mockResolvedValue(['back']);
    const { result } = renderHook(() => useRequest(fetchValue));
    await wait(0);
    expect(result.current).toEqual({ state: 'failed', error: down, kind: 'unreachable' });
    await wait(6000);
    expect(result.current).toEqual({ state: 'failed', error: down, kind: 'unreachable' });
    await wait(6000);
    expect(result.current).toEqual({ state: 'done', value: ['back'] });
    await wait(60_000);
    expect(fetchValue).toHaveBeenCalledTimes(3);
  });

  it("doesn't overload an unreachable server with retries", async () => {
    const fetchValue = jest.fn().mockRejectedValue(down);
    renderHook(() => useRequest(fetchValue));
    await wait(60_000);
    expect(fetchValue.mock.calls.length).toBeLessThanOrEqual(13);
  });

  it('stops retrying when it unmounts', async () => {
    const fetchValue = jest.fn().mockRejectedValue(down);
    const { unmount } = renderHook(() => useRequest(fetchValue));
    await wait(0);
    unmount();
    await wait(60_000);
    expect(fetchValue).toHaveBeenCalledTimes(1);
  });

  it("doesn't retry when it unmounted before the request failed", async () => {
    const fetchValue = jest.fn(() => new Promise<string>((_, reject) => setTimeout(() => reject(down), 1000)));
    const { unmount } = renderHook(() => useRequest(fetchValue));
    unmount();
    await wait(60_000);
    expect(fetchValue).toHaveBeenCalledTimes(1);
  });

  it('returns the value of the latest request, even if an older one ends later', async () => {
    const after = (ms: number, value: string) => () =>
      new Promise<string>((resolve) => setTimeout(() => resolve(value), ms));
    const { result, rerender } = renderHook(({ fetchValue }) => useRequest(fetchValue), {
      initialProps: { fetchValue: after(3000, 'old') },
    });
    rerender({ fetchValue: after(1000, 'new') });
    await wait(5000);
    expect(result.current).toEqual({ state: 'done', value: 'new' });
  });
});
