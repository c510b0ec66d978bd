/** Requests fewer lines when Loki can't send its response: lines have up to 256 kB. Runs without a browser. */
import { classifyQueryError, type QueryErrorLike } from '../errors/classifyQueryError';
import type { FetchLogLines } from './logEntries';

const isTooLarge = (error: unknown) => classifyQueryError(error as QueryErrorLike) === 'too-large';

/** Returns a limit that is worth another request, or undefined if a single line is too large. */
export const halveLimit = (limit: number): number | undefined => (limit > 1 ? Math.floor(limit / 2) : undefined);

/** Adds that to a function: the page then has the limit that Loki could answer. */
export const withFewerLines =
  (fetchLines: FetchLogLines): FetchLogLines =>
  async (request, signal) => {
    let limit = request.limit;
    for (;;) {
      try {
        const page = await fetchLines({ ...request, limit }, signal);
        return limit === request.limit ? page : { ...page, limit };
      } catch (error) {
        const fewer = isTooLarge(error) ? halveLimit(limit) : undefined;
        if (fewer === undefined || signal?.aborted) {
          throw error;
        }
        limit = fewer;
      }
    }
  };
