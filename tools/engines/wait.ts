import { setTimeout as sleep } from 'node:timers/promises';

export interface WaitOptions {
  /** Milliseconds until it gives up; 30 s unless told. */
  timeoutMs?: number;
  /** Milliseconds between two tries; 100 unless told. */
  intervalMs?: number;
  /** A class of errors that end the waiting at once. */
  giveUpOn?: new (...args: never[]) => Error;
}

/**
 * Tries until a condition holds.
 * @param description the condition in words, for the error
 * @param check gives the value that was waited for, or undefined or false for "not yet"; it may throw for "not yet"
 * @throws an error that says what was waited for, how long, and what the last try said
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
        lastError === undefined
          ? ''
          : `; the last try said: ${lastError instanceof Error ? lastError.message : lastError}`;
      throw new Error(`waited ${timeoutMs / 1000} s for ${description}${because}`, { cause: lastError });
    }
    await sleep(intervalMs);
  }
}

/** Answers an HTTP GET with the body; throws for a status that is not 2xx and when there is no answer within 5 s. */
export async function fetchText(url: string): Promise<string> {
  const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
  const body = await response.text();
  if (!response.ok) {
    throw new Error(`${url} answered ${response.status}: ${body.slice(0, 300)}`);
  }
  return body;
}
