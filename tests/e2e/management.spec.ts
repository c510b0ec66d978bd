import type { APIRequestContext } from '@playwright/test';
import { APP, expect, test } from './support';

/** The optional connection to the Kubernetes API: who is let through, and what a person does over it. */

const PROXY = '/api/plugin-proxy/kubeedge-sedna-app';
const DATASETS = '/apis/sedna.io/v1alpha1/namespaces/default/datasets';
const JOB = '/apis/sedna.io/v1alpha1/namespaces/default/lifelonglearningjobs/atcii-classifier-demo';
const NAME = 'made-by-hand';
const MANIFEST = JSON.stringify({
  apiVersion: 'sedna.io/v1alpha1',
  kind: 'Dataset',
  metadata: { name: NAME, namespace: 'default', labels: { team: 'a' } },
  spec: { url: '/data/made.csv', format: 'csv', nodeName: 'edge-node' },
});

async function liveObject(request: APIRequestContext, path: string) {
  const answer = await request.get(`${PROXY}/kubernetes${path}`);
  return { status: answer.status(), object: answer.ok() ? await answer.json() : undefined };
}

test.afterAll(async ({ request }) => {
  await request.delete(`${PROXY}/kubernetes-write${DATASETS}/${NAME}`);
});

test.describe('the server', () => {
  test('refuses a Viewer on both routes', async ({ browser, baseURL, request }) => {
    const context = await browser.newContext({ baseURL, storageState: { cookies: [], origins: [] } });
    const viewer = context.request;
    expect((await viewer.get(`${PROXY}/kubernetes${JOB}`)).status()).toBe(403);
    for (const call of [
      viewer.delete(`${PROXY}/kubernetes-write${JOB}`),
      viewer.post(`${PROXY}/kubernetes-write${DATASETS}`, { data: MANIFEST }),
      viewer.patch(`${PROXY}/kubernetes-write${JOB}`, { data: '{}' }),
    ]) {
      const answer = await call;
      expect(answer.status()).toBe(403);
      expect(await answer.json()).toMatchObject({ message: 'plugin proxy route access denied' });
    }
    await context.close();
    expect((await liveObject(request, JOB)).status).toBe(200);
  });

  test('has no route for writing with the reading token', async ({ request }) => {
    for (const call of [
      request.delete(`${PROXY}/kubernetes${JOB}`),
      request.patch(`${PROXY}/kubernetes${JOB}`, { data: '{}' }),
      request.post(`${PROXY}/kubernetes${DATASETS}`, { data: MANIFEST }),
    ]) {
      const answer = await call;
      expect(answer.status()).toBe(404);
      expect(await answer.json()).toMatchObject({ message: 'plugin route match not found' });
    }
    expect((await request.get(`${PROXY}/kubernetes-write${JOB}`)).status()).toBe(404);
    expect((await liveObject(request, JOB)).status).toBe(200);
  });

  test('passes on which object is meant, and gives no token away', async ({ request }) => {
    const { object } = await liveObject(request, JOB);
    const data = { apiVersion: 'v1', kind: 'DeleteOptions', preconditions: { uid: 'another' } };
    expect((await request.delete(`${PROXY}/kubernetes-write${JOB}`, { data })).status()).toBe(409);
    expect((await liveObject(request, JOB)).object.metadata.uid).toBe(object.metadata.uid);
    const settings = await (await request.get('/api/plugins/kubeedge-sedna-app/settings')).json();
    expect(settings.secureJsonFields).toEqual({ kubernetesReadToken: true, kubernetesWriteToken: true });
    expect(JSON.stringify(settings)).not.toMatch(/eyJ/);
  });

  test('lets neither token reach what it was not granted', async ({ request }) => {
    for (const path of ['/api/v1/namespaces/sedna/secrets', '/api/v1/nodes']) {
      const answer = await request.get(`${PROXY}/kubernetes${path}`);
      expect(answer.status()).toBe(403);
      expect(await answer.json()).toMatchObject({ kind: 'Status', reason: 'Forbidden' });
    }
    const impersonating = { headers: { 'Impersonate-User': 'admin', 'Impersonate-Group': 'system:masters' } };
    expect((await request.get(`${PROXY}/kubernetes/api/v1/nodes`, impersonating)).status()).toBe(403);
  });
});

test('the configuration page tests the connection and shows no token', async ({ page, watched }) => {
  await page.goto(`${APP}/configuration`);
  await page.getByRole('button', { name: 'Test the connection' }).click();
  await expect(page.getByText('Kubernetes answers')).toBeVisible();
  await expect(page.locator('#configuration-kubernetesReadToken')).toHaveValue('configured');
  await page.getByText('How to make the connection').click();
  await expect(page.getByLabel('Manifest')).toContainText('sedna-ops-grafana-writer');
  expect(watched.errors).toEqual([]);
});

test('a Viewer is told why there is nothing to see', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ baseURL, storageState: { cookies: [], origins: [] } });
  const page = await context.newPage();
  await page.goto(`${APP}/resources/LifelongLearningJob/default/atcii-classifier-demo/object`);
  await expect(page.getByText('You may not read live objects')).toBeVisible();
  await context.close();
});
