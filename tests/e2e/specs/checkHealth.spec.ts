import { expect, takeScreenshot, test } from '../support/test';

test('the overview puts failing and stuck jobs first and calls unusual but healthy jobs healthy', async ({
  page,
  overview,
}) => {
  await overview.open();
  await expect(overview.getJob('stuck-starting-image')).toContainText('ImagePullBackOff');
  await expect(overview.getJob('stuck-report-lost')).toContainText('Eval · Waiting');
  await expect(overview.getJob('odd-long-wait')).toHaveAttribute('data-level', 'none');
  const levels = await overview.getLevels();
  const rank = (level: string | null) => ['failing', 'stuck', 'none'].indexOf(level ?? '');
  expect(levels.map(rank)).toEqual([...levels.map(rank)].sort());
  await expect(overview.nodes).toContainText('edge-node');
  await expect(overview.components.getByRole('link', { name: /^gm-/ })).toBeVisible();
  await takeScreenshot(page, 'overview');
});

/** Levels by recorded findings. Other stuck jobs look healthy without their logs. */
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

test('the overview marks every job that is stuck by its condition and pods, and no healthy one', async ({
  overview,
}) => {
  await overview.open();
  await expect(overview.jobs.first()).toBeVisible();
  for (const [name, level] of LEVELS) {
    await expect(overview.getJob(name), name).toHaveAttribute('data-level', level);
  }
});

test('the search field finds a resource and opens it', async ({ page, overview, resource }) => {
  await overview.open();
  await overview.searchField.fill('REPORT-LOST');
  await expect(overview.searchResults).toContainText('LifelongLearningJob · default');
  await expect(overview.searchResults.getByRole('link', { name: /^stuck-report-lost-train-/ }).first()).toBeVisible();
  await expect(page).toHaveURL(/q=REPORT-LOST/);
  await overview.searchResults.getByRole('link', { name: 'stuck-report-lost', exact: true }).click();
  await expect(resource.status).toContainText('Eval · Waiting');
});

test('a URL with an unknown kind says so', async ({ page, resource }) => {
  await resource.open({ kind: 'Teapot', name: 'x' });
  await expect(page.getByText('Sedna has no kind named Teapot')).toBeVisible();
});
