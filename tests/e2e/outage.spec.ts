import { control } from './control';
import { APP, expect, test } from './support';

/** Servers that go away while a page is open. */

for (const { server, name, path, healthy } of [
  { server: 'prometheus', name: 'Sedna Prometheus', path: 'overview', healthy: 'job-list' },
  {
    server: 'loki',
    name: 'Sedna Loki',
    path: 'logs?namespace=default',
    healthy: 'data-testid Panel header Lines by level',
  },
] as const) {
  test(`a page says that ${server} is away, and recovers by itself`, async ({ page }) => {
    test.setTimeout(180_000);
    await page.goto(`${APP}/${path}${path.includes('?') ? '&' : '?'}refresh=5s`);
    await expect(page.getByTestId(healthy)).toBeVisible();
    await control.stop(server);
    try {
      const notice = page.getByTestId('query-error').first();
      await expect(notice).toContainText(`${name} does not answer`, { timeout: 60_000 });
      await expect(notice).toContainText('tries again by itself');
    } finally {
      await control.start(server);
    }
    await expect(page.getByTestId('query-error')).toHaveCount(0, { timeout: 60_000 });
    await expect(page.getByTestId(healthy)).toBeVisible();
  });
}
