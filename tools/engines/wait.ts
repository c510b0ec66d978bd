import { setTimeout as sleep } from 'node:timers/promises';

export interface WaitOptions {
  /** Time until it fails in milliseconds, 30 s by default. */
  timeoutMs?: number;
  /** Time between two attempts in milliseconds, 100 by default. */
  intervalMs?: number;
  /** Class of errors that end the wait immediately. */
  giveUpOn?: new (...args: never[]) => Error;
}

/**
 * Polls until a condition holds, and returns its value.
 * @param description condition in words, for the error message
 * @param check returns the value, or undefined or false for "not yet"; an error also counts as "not yet"
 * @throws after the timeout, with the description and the error of the last attempt
 */
export async function waitFor<T>(
  description: string,
  check: () => Promise<T | undefined | false> | T | undefined | false,
  { timeoutMs = 30_000, intervalMs = 100, giveUpOn }: WaitOptions = {}
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  let lastError: unknown;
  for (;;) {
    try {
      const value = await check();
      if (value !== undefined && value !== false) {
        return value;
      }
      lastError = undefined;
    } catch (error) {
      if (giveUpOn && error instanceof giveUpOn) {
        throw error;
      }
      lastError = error;
    }
    if (Date.now() >= deadline) {
      const because =
        lastError === undefined ? '' : `; last error: ${lastError instanceof Error ? lastError.message : lastError}`;
      throw new Error(`Timed out after ${timeoutMs / 1000} s waiting for ${description}${because}`, {
        cause: lastError,
      });
    }
    await sleep(intervalMs);
  }
}

/** Sends an HTTP GET request and returns the body. @throws if the status isn't 2xx, or after 5 s without a response */
export async function fetchText(url: string): Promise<string> {
  const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
  const body = await response.text();
  if (!response.ok) {
    throw new Error(`${url} responded with ${response.status}: ${body.slice(0, 300)}`);
  }
  return body;
}
