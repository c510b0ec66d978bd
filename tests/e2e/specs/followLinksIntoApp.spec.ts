import { APP_PATH } from '../pages/urls';
import { expect, test } from '../support/test';

const LINK_TO_RESOURCE = 'Open resource in Sedna Ops';
const JOB_URL = new RegExp(`${APP_PATH}/resources/LifelongLearningJob/default/robo-demo[/?].*from=now-2h&to=now`);

test('Explore links the series of one job to that job with the same time range', async ({
  page,
  explore,
  resource,
}) => {
  await explore.open('sedna_lifelonglearningjob_info{name="robo-demo"}', 'prometheus');
  await explore.followLink(LINK_TO_RESOURCE);
  await expect(page).toHaveURL(JOB_URL);
  await expect(resource.status).toBeVisible();
});

test('Explore links the series of one worker pod to its job', async ({ page, explore, resource }) => {
  await explore.open('topk(1, kube_pod_info{namespace="default", pod=~"robo-demo-train-.+"})', 'prometheus');
  await explore.followLink(LINK_TO_RESOURCE);
  await expect(page).toHaveURL(JOB_URL);
  await expect(resource.status).toBeVisible();
});

test('Explore links the series of a pod without a job to its logs', async ({ page, explore, logs }) => {
  await explore.open('kube_pod_info{namespace="sedna", pod=~"gm-.+"}', 'prometheus');
  await explore.followLink(LINK_TO_RESOURCE);
  await expect(page).toHaveURL(new RegExp(`${APP_PATH}/logs\\?.*namespace=sedna&pod=gm-`));
  await expect(page).toHaveURL(/from=now-2h&to=now/);
  await expect(logs.volume).toBeVisible();
});

test('Explore links the lines of one namespace to the logs of their pods', async ({ page, explore, logs }) => {
  await explore.open('{namespace="sedna", pod=~"gm-.+"}', 'loki');
  await explore.followLink('Open logs in Sedna Ops');
  await expect(page).toHaveURL(new RegExp(`${APP_PATH}/logs\\?.*namespace=sedna&pod=gm-.*from=now-2h&to=now`));
  await expect(logs.volume).toBeVisible();
});

test.describe('dashboard panel', () => {
  const UID = 'sedna-ops-e2e-one-job';
  test.beforeAll(({ request }) =>
    request.post('/api/dashboards/db', {
      data: {
        overwrite: true,
        dashboard: {
          uid: UID,
          title: 'One job (browser test)',
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

  test('links the series of one job to that job with the same time range', async ({ page, dashboard }) => {
    await dashboard.open(UID);
    await dashboard.chooseExtension('One job', 'Open in Sedna Ops');
    await expect(page).toHaveURL(JOB_URL);
  });
});
