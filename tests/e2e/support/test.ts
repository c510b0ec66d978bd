/** The test function of all specs, with a page object for each page and a monitor as fixtures. */
import { expect, test as base } from '@grafana/plugin-e2e';
import type { Page } from '@playwright/test';
import { ConfigurationPage } from '../pages/ConfigurationPage';
import { DashboardPage } from '../pages/DashboardPage';
import { ExplorePage } from '../pages/ExplorePage';
import { KnowledgeBasePage } from '../pages/KnowledgeBasePage';
import { LogsPage } from '../pages/LogsPage';
import { MetricsPage } from '../pages/MetricsPage';
import { ObjectTab } from '../pages/ObjectTab';
import { OverviewPage } from '../pages/OverviewPage';
import { ResourceListPage } from '../pages/ResourceListPage';
import { ResourcePage } from '../pages/ResourcePage';
import { monitorPage, type PageMonitor } from './PageMonitor';

export { expect };

interface Fixtures {
  monitor: PageMonitor;
  /** A page of an anonymous user, whose role is Viewer. */
  viewerPage: Page;
  overview: OverviewPage;
  resourceList: ResourceListPage;
  resource: ResourcePage;
  objectTab: ObjectTab;
  logs: LogsPage;
  metrics: MetricsPage;
  knowledgeBase: KnowledgeBasePage;
  configuration: ConfigurationPage;
  dashboard: DashboardPage;
  explore: ExplorePage;
}

export const test = base.extend<Fixtures>({
  // The page of plugin-e2e opens Grafana's home page first and intercepts requests, which disables the browser's cache.
  page: async ({ context }, use) => use(await context.newPage()),
  monitor: async ({ page, baseURL }, use) => use(monitorPage(page, baseURL ?? '')),
  viewerPage: async ({ browser, baseURL }, use) => {
    const context = await browser.newContext({ baseURL, storageState: { cookies: [], origins: [] } });
    await use(await context.newPage());
    await context.close();
  },
  overview: ({ page }, use) => use(new OverviewPage(page)),
  resourceList: ({ page }, use) => use(new ResourceListPage(page)),
  resource: ({ page }, use) => use(new ResourcePage(page)),
  objectTab: ({ page }, use) => use(new ObjectTab(page)),
  logs: ({ page }, use) => use(new LogsPage(page)),
  metrics: ({ page }, use) => use(new MetricsPage(page)),
  knowledgeBase: ({ page }, use) => use(new KnowledgeBasePage(page)),
  configuration: ({ page }, use) => use(new ConfigurationPage(page)),
  dashboard: ({ page }, use) => use(new DashboardPage(page)),
  explore: ({ page }, use) => use(new ExplorePage(page)),
});

/** Writes a screenshot for the documentation if `make screenshots` runs. */
export async function takeScreenshot(page: Page, name: string): Promise<void> {
  if (process.env.SEDNA_SCREENSHOTS) {
    await page.screenshot({ path: `docs/images/${name}.png` });
  }
}

/**
 * Makes the browser download files as it does without the File System Access API: the save dialog of that API can't be
 * automated. Call it before a page opens.
 */
export async function disableSaveDialog(page: Page): Promise<void> {
  await page.addInitScript(() => Reflect.deleteProperty(window, 'showSaveFilePicker'));
}
