/** What the specs share: pages by name, a watch on console and queries, screenshots. */
import { expect, test as base } from '@grafana/plugin-e2e';
import type { Page, Request } from '@playwright/test';

export { expect };

export const APP = '/a/kubeedge-sedna-app';
export const PAGES = ['overview', 'resources', 'logs', 'metrics', 'knowledge-base', 'configuration'] as const;
export const HEADINGS: Record<(typeof PAGES)[number], string> = {
  overview: 'Overview',
  resources: 'Resources',
  logs: 'Logs',
  metrics: 'Metrics',
  'knowledge-base': 'Knowledge base',
  configuration: 'Configuration',
};

export interface PageMonitor {
  /** Errors on the console and uncaught ones, as text. */
  errors: string[];
  /** Data source queries sent so far: expressions, and look-ups of labels. */
  queries: string[];
  /** Waits until the page has had all that it asked for, and has asked for nothing more for half a second. */
  settled(): Promise<void>;
}

const QUIET_MS = 500;

/**
 * Grafana itself asks its own site for things that an isolated machine cannot reach; errors from
 * anything but the server under test are not ours.
 */
const isForeign = (url: string, origin: string) => url !== '' && !url.startsWith(origin);

function getExpressions(request: Request): string[] {
  if (request.url().includes('/api/ds/query')) {
    const { queries } = request.postDataJSON() as { queries: Array<{ expr?: string; instant?: boolean }> };
    return queries.map(({ expr, instant }) => `${instant ? 'instant ' : ''}${expr}`);
  }
  const resource = /\/api\/datasources\/uid\/[^/]+\/resources\/(.+)$/.exec(request.url());
  return resource ? [resource[1]] : [];
}

/**
 * Grafana's user storage answers 404 to a person who has nothing in it yet; Grafana handles it, the browser says it.
 */
const isEmptyStorage = (url: string, text: string) =>
  url.includes('/apis/userstorage.grafana.app/') && text.includes('404');

/** Watches a page from now on. */
function watch(page: Page, origin: string): PageMonitor {
  const pending = new Set<Request>();
  let changed = Date.now();
  const watched: PageMonitor = {
    errors: [],
    queries: [],
    settled: () => expect.poll(() => pending.size === 0 && Date.now() - changed > QUIET_MS).toBe(true),
  };
  page.on('console', (message) => {
    const { url } = message.location();
    if (message.type() === 'error' && !isForeign(url, origin) && !isEmptyStorage(url, message.text())) {
      watched.errors.push(message.text());
    }
  });
  page.on('pageerror', (error) => watched.errors.push(String(error)));
  page.on('request', (request) => {
    watched.queries.push(...getExpressions(request));
    // The script of a worker is a blob, of which Playwright is never told that it has come.
    if (!request.url().startsWith('blob:')) {
      pending.add(request);
      changed = Date.now();
    }
  });
  const ended = (request: Request) => {
    pending.delete(request);
    changed = Date.now();
  };
  page.on('requestfinished', ended);
  page.on('requestfailed', ended);
  return watched;
}

export const test = base.extend<{ watched: PageMonitor }>({
  // That of plugin-e2e opens Grafana's home first and sets feature flags, by routes that switch the cache off.
  page: async ({ context }, use) => use(await context.newPage()),
  watched: async ({ page, baseURL }, use) => use(watch(page, baseURL ?? '')),
});

/** Chooses an option of a combobox of Grafana's by typing a part of it. */
export async function selectOption(page: Page, label: string, option: string): Promise<void> {
  // A field's description is part of its name.
  const box = page.getByRole('combobox', { name: new RegExp(`^${label}( |$)`) });
  await box.click();
  await box.fill(option);
  await page.getByRole('option', { name: option }).first().click();
}

/** Takes a screenshot for the documentation, where these are wanted (make screenshots). */
export async function takeScreenshot(page: Page, name: string): Promise<void> {
  if (process.env.SEDNA_SCREENSHOTS) {
    await page.screenshot({ path: `docs/images/${name}.png` });
  }
}
