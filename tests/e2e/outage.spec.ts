import type { Page } from '@playwright/test';
import { canControl, control } from './control';
import { APP, expect, test } from './support';

/** Servers that stop while pages are open. */

const JOB = 'resources/LifelongLearningJob/default/atcii-classifier-demo';
const VOLUME = 'data-testid Panel header Log volume, shown lines';

test.skip(
  !canControl(),
  'Neither this runner nor Docker Compose runs the servers under test, so tests cannot stop them.'
);

for (const { server, name, paths } of [
  {
    server: 'prometheus',
    name: 'Sedna Prometheus',
    paths: { overview: 'job-list', resources: 'resource-table', [JOB]: 'resource-status' },
  },
  { server: 'loki', name: 'Sedna Loki', paths: { 'logs?namespace=default': VOLUME, [`${JOB}/logs`]: VOLUME } },
] as const) {
  test(`pages show that ${server} is unreachable and recover automatically`, async ({ context }) => {
    test.setTimeout(300_000);
    const pages: Array<{ page: Page; healthy: string }> = [];
    for (const [path, healthy] of Object.entries(paths)) {
      const page = await context.newPage();
      await page.goto(`${APP}/${path}${path.includes('?') ? '&' : '?'}refresh=5s`);
      await expect(page.getByTestId(healthy)).toBeVisible();
      pages.push({ page, healthy });
    }
    await control.stop(server);
    try {
      for (const { page } of pages) {
        await page.bringToFront();
        const notice = page.getByTestId('query-error').first();
        await expect(notice).toContainText(`Can't reach ${name}`, { timeout: 60_000 });
        await expect(notice).toContainText('retries automatically');
      }
    } finally {
      await control.start(server);
    }
    for (const { page, healthy } of pages) {
      await page.bringToFront();
      await expect(page.getByTestId('query-error')).toHaveCount(0, { timeout: 60_000 });
      await expect(page.getByTestId(healthy)).toBeVisible();
    }
  });
}
