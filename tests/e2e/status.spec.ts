import { APP, expect, takeScreenshot, test } from './support';

/** The status of any custom resource, by name. */

test('the overview puts failing and stuck jobs first and calls unusual but healthy jobs healthy', async ({ page }) => {
  await page.goto(`${APP}/overview`);
  const jobs = page.getByTestId('job-list').getByRole('listitem');
  await expect(jobs.filter({ hasText: 'stuck-starting-image' })).toContainText('ImagePullBackOff');
  await expect(jobs.filter({ hasText: 'stuck-report-lost' })).toContainText('Eval · Waiting');
  await expect(jobs.filter({ hasText: 'odd-long-wait' })).toHaveAttribute('data-level', 'none');
  const levels = await jobs.evaluateAll((items) => items.map((item) => item.getAttribute('data-level')));
  const rank = (level: string | null) => ['failing', 'stuck', 'none'].indexOf(level ?? '');
  expect(levels.map(rank)).toEqual([...levels.map(rank)].sort());
  await expect(page.getByTestId('node-list')).toContainText('edge-node');
  await expect(page.getByTestId('component-list').getByRole('link', { name: /^gm-/ })).toBeVisible();
  await takeScreenshot(page, 'overview');
});

/** Levels by newest condition and worker pods. Other stuck jobs look healthy without their logs. */
const LEVELS: Array<[string, 'failing' | 'stuck' | 'none']> = [
  ['stuck-failing-loop', 'failing'],
  ['stuck-ready-secret', 'stuck'],
  ['stuck-starting-image', 'stuck'],
  ['stuck-running-crash-loop', 'stuck'],
  ['stuck-report-lost', 'stuck'],
  ['stuck-deploy-copy', 'stuck'],
  ['odd-long-wait', 'none'],
  ['odd-closed-window', 'none'],
  ['odd-lc-restart', 'none'],
  ['odd-short-pod', 'none'],
  ['odd-late-report', 'none'],
  ['robo-demo', 'none'],
];

test('the overview marks every job that is stuck by its condition and pods, and no healthy one', async ({ page }) => {
  await page.goto(`${APP}/overview`);
  const jobs = page.getByTestId('job-list').getByRole('listitem');
  await expect(jobs.first()).toBeVisible();
  for (const [name, level] of LEVELS) {
    await expect(jobs.filter({ hasText: name }), name).toHaveAttribute('data-level', level);
  }
});

test('the search field finds a resource and opens it', async ({ page }) => {
  await page.goto(`${APP}/overview`);
  await page.getByRole('textbox', { name: 'Find a resource or pod by name' }).fill('REPORT-LOST');
  const results = page.getByTestId('search-results');
  await expect(results).toContainText('LifelongLearningJob · default');
  await expect(results.getByRole('link', { name: /^stuck-report-lost-train-/ }).first()).toBeVisible();
  await expect(page).toHaveURL(/q=REPORT-LOST/);
  await results.getByRole('link', { name: 'stuck-report-lost', exact: true }).click();
  await expect(page.getByTestId('resource-status')).toContainText('Eval · Waiting');
});

test('a URL with an unknown kind says so', async ({ page }) => {
  await page.goto(`${APP}/resources/Teapot/default/x`);
  await expect(page.getByText('Sedna has no kind named Teapot')).toBeVisible();
});
