import type { Page } from '@playwright/test';
import { TEST_IDS } from '../../../src/ui/testIds';
import { PANEL_PREFIX } from '../pages/AppPage';
import { toResourcePath, toUrl } from '../pages/urls';
import { canStopServers, startServer, stopServer } from '../support/control';
import { expect, test } from '../support/test';

const JOB = { name: 'atcii-classifier-demo' };
const VOLUME = `${PANEL_PREFIX}Log volume, shown lines`;
const REFRESH = { refresh: '5s' };

test.skip(
  !canStopServers(),
  'Neither this runner nor Docker Compose runs the servers under test, so tests cannot stop them.'
);

/** Pages to open, each with the test id of what it shows while the server is up. */
const CASES = [
  {
    server: 'prometheus',
    name: 'Sedna Prometheus',
    pages: [
      { url: toUrl('overview', REFRESH), testId: TEST_IDS.overview.jobs },
      { url: toUrl('resources', REFRESH), testId: TEST_IDS.resourceList.table },
      { url: toUrl(toResourcePath(JOB), REFRESH), testId: TEST_IDS.resource.status },
    ],
  },
  {
    server: 'loki',
    name: 'Sedna Loki',
    pages: [
      { url: toUrl('logs', { namespace: 'default', ...REFRESH }), testId: VOLUME },
      { url: toUrl(toResourcePath(JOB, 'logs'), REFRESH), testId: VOLUME },
    ],
  },
] as const;

for (const { server, name, pages } of CASES) {
  test(`pages show that ${server} is unreachable and recover automatically`, async ({ context }) => {
    test.setTimeout(300_000);
    const opened: Array<{ page: Page; testId: string }> = [];
    for (const { url, testId } of pages) {
      const page = await context.newPage();
      await page.goto(url);
      await expect(page.getByTestId(testId)).toBeVisible();
      opened.push({ page, testId });
    }
    await stopServer(server);
    try {
      for (const { page } of opened) {
        await page.bringToFront();
        const alert = page.getByTestId(TEST_IDS.queryError).first();
        await expect(alert).toContainText(`Can't reach ${name}`, { timeout: 60_000 });
        await expect(alert).toContainText('retries automatically');
      }
    } finally {
      await startServer(server);
    }
    for (const { page, testId } of opened) {
      await page.bringToFront();
      await expect(page.getByTestId(TEST_IDS.queryError)).toHaveCount(0, { timeout: 60_000 });
      await expect(page.getByTestId(testId)).toBeVisible();
    }
  });
}
