import type { Page } from '@playwright/test';
import { APP, expect, test } from './support';

/** Links into the app from dashboards and Explore. */

const explore = (expr: string, type: 'prometheus' | 'loki') =>
  `/explore?schemaVersion=1&panes=${encodeURIComponent(
    JSON.stringify({
      a: {
        datasource: `sedna-${type}`,
        queries: [{ refId: 'A', expr, instant: type === 'prometheus', datasource: { type, uid: `sedna-${type}` } }],
        range: { from: 'now-2h', to: 'now' },
      },
    })
  )}`;

const JOB = new RegExp(`${APP}/resources/LifelongLearningJob/default/robo-demo[/?].*from=now-2h&to=now`);

async function openFromExplore(
  page: Page,
  expr: string,
  type: 'prometheus' | 'loki' = 'prometheus',
  link = 'Open resource in Sedna Ops'
) {
  await page.goto(explore(expr, type));
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByRole('menuitem', { name: link }).click();
  await page.getByRole('button', { name: 'Open', exact: true }).click();
}

test('Explore links the series of one job to that job with the same time range', async ({ page }) => {
  await openFromExplore(page, 'sedna_lifelonglearningjob_info{name="robo-demo"}');
  await expect(page).toHaveURL(JOB);
  await expect(page.getByTestId('resource-status')).toBeVisible();
});

test('Explore links the series of one worker pod to its job', async ({ page }) => {
  await openFromExplore(page, 'topk(1, kube_pod_info{namespace="default", pod=~"robo-demo-train-.+"})');
  await expect(page).toHaveURL(JOB);
  await expect(page.getByTestId('resource-status')).toBeVisible();
});

test('Explore links the series of a pod without a job to its logs', async ({ page }) => {
  await openFromExplore(page, 'kube_pod_info{namespace="sedna", pod=~"gm-.+"}');
  await expect(page).toHaveURL(new RegExp(`${APP}/logs\\?.*namespace=sedna&pod=gm-`));
  await expect(page).toHaveURL(/from=now-2h&to=now/);
  await expect(page.getByTestId('data-testid Panel header Log volume, shown lines')).toBeVisible();
});

test('Explore links the lines of one namespace to the logs of their pods', async ({ page }) => {
  await openFromExplore(page, '{namespace="sedna", pod=~"gm-.+"}', 'loki', 'Open logs in Sedna Ops');
  await expect(page).toHaveURL(new RegExp(`${APP}/logs\\?.*namespace=sedna&pod=gm-.*from=now-2h&to=now`));
  await expect(page.getByTestId('data-testid Panel header Log volume, shown lines')).toBeVisible();
});

test.describe('dashboard panel', () => {
  const UID = 'sedna-ops-e2e-one-job';
  test.beforeAll(({ request }) =>
    request.post('/api/dashboards/db', {
      data: {
        overwrite: true,
        dashboard: {
          uid: UID,
          title: 'One job (of the e2e tests)',
          time: { from: 'now-2h', to: 'now' },
          panels: [
            {
              type: 'timeseries',
              title: 'One job',
              datasource: { type: 'prometheus', uid: 'sedna-prometheus' },
              targets: [{ refId: 'A', expr: 'sedna_lifelonglearningjob_info{name="robo-demo"}' }],
              gridPos: { x: 0, y: 0, w: 24, h: 8 },
            },
          ],
        },
      },
    })
  );
  test.afterAll(({ request }) => request.delete(`/api/dashboards/uid/${UID}`));

  test('links the series of one job to that job with the same time range', async ({ page }) => {
    await page.goto(`/d/${UID}`);
    await page.getByTestId('data-testid Panel header One job').hover();
    await page.getByRole('button', { name: 'Menu for panel One job' }).click();
    await page.getByRole('menuitem', { name: 'Extensions' }).hover();
    await page.getByRole('menuitem', { name: 'Open in Sedna Ops' }).click();
    await expect(page).toHaveURL(JOB);
  });
});
