import { expect, type Page, type Request } from '@playwright/test';

/** Collects errors and data source queries of a page. */
export interface PageMonitor {
  /** Texts of console errors and uncaught errors. */
  errors: string[];
  /** Data source queries in the order in which they were sent: expressions, and paths of label look-ups. */
  queries: string[];
  /** Resolves when no request has been pending or sent for half a second. */
  settled(): Promise<void>;
}

const QUIET_MS = 500;

/** Grafana requests files of its own site, which an isolated machine can't reach; only the tested server counts. */
const isForeign = (url: string, origin: string) => url !== '' && !url.startsWith(origin);

/** Grafana's user storage responds 404 to a user who has stored nothing; the browser logs it as an error. */
const isEmptyStorage = (url: string, text: string) =>
  url.includes('/apis/userstorage.grafana.app/') && text.includes('404');

function getQueries(request: Request): string[] {
  if (request.url().includes('/api/ds/query')) {
    const { queries } = request.postDataJSON() as { queries: Array<{ expr?: string; instant?: boolean }> };
    return queries.map(({ expr, instant }) => `${instant ? 'instant ' : ''}${expr}`);
  }
  const resource = /\/api\/datasources\/uid\/[^/]+\/resources\/(.+)$/.exec(request.url());
  return resource ? [resource[1]] : [];
}

/**
 * Starts to monitor a page.
 * @param origin start of the URLs of the tested server
 */
export function monitorPage(page: Page, origin: string): PageMonitor {
  const pending = new Set<Request>();
  let changedMs = Date.now();
  const monitor: PageMonitor = {
    errors: [],
    queries: [],
    settled: () => expect.poll(() => pending.size === 0 && Date.now() - changedMs > QUIET_MS).toBe(true),
  };
  page.on('console', (message) => {
    const { url } = message.location();
    if (message.type() === 'error' && !isForeign(url, origin) && !isEmptyStorage(url, message.text())) {
      monitor.errors.push(message.text());
    }
  });
  page.on('pageerror', (error) => monitor.errors.push(String(error)));
  page.on('request', (request) => {
    monitor.queries.push(...getQueries(request));
    // Playwright never reports that the blob with a worker's script has finished.
    if (!request.url().startsWith('blob:')) {
      pending.add(request);
      changedMs = Date.now();
    }
  });
  const onEnd = (request: Request) => {
    pending.delete(request);
    changedMs = Date.now();
  };
  page.on('requestfinished', onEnd);
  page.on('requestfailed', onEnd);
  return monitor;
}
