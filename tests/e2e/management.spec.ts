import type { APIRequestContext, Page } from '@playwright/test';
import { APP, expect, takeScreenshot, test } from './support';

/** The optional connection to the Kubernetes API: permissions, and actions on objects. */

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
  const response = await request.get(`${PROXY}/kubernetes${path}`);
  return { status: response.status(), object: response.ok() ? await response.json() : undefined };
}

test.beforeEach(async ({ request }) => {
  if (process.env.SEDNA_CONTROL_URL) {
    // The runner sets up the connection, so a missing one is a failure.
    return;
  }
  const { jsonData } = await (await request.get('/api/plugins/kubeedge-sedna-app/settings')).json();
  test.skip(!jsonData?.kubernetesUrl, 'This Grafana has no connection with a Kubernetes API.');
});

test.afterAll(async ({ request }) => {
  await request.delete(`${PROXY}/kubernetes-write${DATASETS}/${NAME}`);
});

test.describe('plugin proxy', () => {
  test('refuses viewers on both routes', async ({ browser, baseURL, request }) => {
    const context = await browser.newContext({ baseURL, storageState: { cookies: [], origins: [] } });
    const viewer = context.request;
    expect((await viewer.get(`${PROXY}/kubernetes${JOB}`)).status()).toBe(403);
    for (const call of [
      viewer.delete(`${PROXY}/kubernetes-write${JOB}`),
      viewer.post(`${PROXY}/kubernetes-write${DATASETS}`, { data: MANIFEST }),
      viewer.patch(`${PROXY}/kubernetes-write${JOB}`, { data: '{}' }),
    ]) {
      const response = await call;
      expect(response.status()).toBe(403);
      expect(await response.json()).toMatchObject({ message: 'plugin proxy route access denied' });
    }
    await context.close();
    expect((await liveObject(request, JOB)).status).toBe(200);
  });

  test('has no route for writing with the read token', async ({ request }) => {
    for (const call of [
      request.delete(`${PROXY}/kubernetes${JOB}`),
      request.patch(`${PROXY}/kubernetes${JOB}`, { data: '{}' }),
      request.post(`${PROXY}/kubernetes${DATASETS}`, { data: MANIFEST }),
    ]) {
      const response = await call;
      expect(response.status()).toBe(404);
      expect(await response.json()).toMatchObject({ message: 'plugin route match not found' });
    }
    expect((await request.get(`${PROXY}/kubernetes-write${JOB}`)).status()).toBe(404);
    expect((await liveObject(request, JOB)).status).toBe(200);
  });

  test('passes the uid of the object to Kubernetes and reveals no token', async ({ request }) => {
    const { object } = await liveObject(request, JOB);
    const data = { apiVersion: 'v1', kind: 'DeleteOptions', preconditions: { uid: 'another' } };
    expect((await request.delete(`${PROXY}/kubernetes-write${JOB}`, { data })).status()).toBe(409);
    expect((await liveObject(request, JOB)).object.metadata.uid).toBe(object.metadata.uid);
    const settings = await (await request.get('/api/plugins/kubeedge-sedna-app/settings')).json();
    expect(settings.secureJsonFields).toEqual({ kubernetesReadToken: true, kubernetesWriteToken: true });
    expect(JSON.stringify(settings)).not.toMatch(/eyJ/);
  });

  test('limits both tokens to what they were granted', async ({ request }) => {
    for (const path of ['/api/v1/namespaces/sedna/secrets', '/api/v1/nodes']) {
      const response = await request.get(`${PROXY}/kubernetes${path}`);
      expect(response.status()).toBe(403);
      expect(await response.json()).toMatchObject({ kind: 'Status', reason: 'Forbidden' });
    }
    const impersonating = { headers: { 'Impersonate-User': 'admin', 'Impersonate-Group': 'system:masters' } };
    expect((await request.get(`${PROXY}/kubernetes/api/v1/nodes`, impersonating)).status()).toBe(403);
  });
});

test('the configuration page tests the connection and reveals no token', async ({ page, watched }) => {
  await page.goto(`${APP}/configuration`);
  await page.getByRole('button', { name: 'Test connection' }).click();
  await expect(page.getByText('Kubernetes connection works')).toBeVisible();
  await expect(page.locator('#configuration-kubernetesReadToken')).toHaveValue('configured');
  await page.getByText('How to set up the connection').click();
  await expect(page.getByLabel('Manifest')).toContainText('sedna-ops-grafana-writer');
  expect(watched.errors).toEqual([]);
});

test('the Object tab shows the live job without its secrets', async ({ page, watched }) => {
  await page.goto(`${APP}/resources/LifelongLearningJob/default/atcii-classifier-demo/object?find=credential`);
  await expect(page.getByTestId('object-hits')).toContainText('sedna.io/credential: <masked>');
  await expect(page.getByTestId('object-text')).toContainText('LifelongLearningJob');
  await expect(page.getByRole('table', { name: 'Conditions' }).getByRole('row').nth(1)).toContainText('True');
  await page.getByLabel('Find in object').fill('demo-not-a-secret');
  await expect(page.getByTestId('object-hits')).toContainText('0 matches');
  expect(await page.content()).not.toContain('demo-not-a-key');
  await page.getByRole('radio', { name: 'JSON' }).check({ force: true });
  await expect(page).toHaveURL(/format=json/);
  expect(watched.errors).toEqual([]);
  await takeScreenshot(page, 'object');
});

async function confirm(page: Page, action: string, label: string): Promise<void> {
  await page.getByRole('button', { name: action, exact: true }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByTestId('object-removal')).toContainText('The object has no pods');
  await expect(dialog.getByRole('button', { name: label })).toBeDisabled();
  await dialog.getByLabel(/Type the name/).fill(NAME);
  await dialog.getByRole('button', { name: label }).click();
}

test('an object is created, edited, restarted, and deleted, each with an annotation', async ({ page, request }) => {
  await page.goto(`${APP}/resources/LifelongLearningJob/default/atcii-classifier-demo/object`);
  await page.getByRole('button', { name: 'Create from YAML' }).click();
  await page.getByTestId('object-create-text').locator('.monaco-editor').first().click();
  await page.keyboard.insertText(MANIFEST);
  await page.getByRole('button', { name: 'Check' }).click();
  await expect(page.getByText('Kubernetes accepts this manifest')).toBeVisible();
  expect((await liveObject(request, `${DATASETS}/${NAME}`)).status).toBe(404);
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  await expect(page.getByText(`${NAME} was created`)).toBeVisible();
  const first = (await liveObject(request, `${DATASETS}/${NAME}`)).object;
  expect(first.spec.url).toBe('/data/made.csv');

  await page.getByRole('link', { name: `Open ${NAME}` }).click();
  await page.goto(`${APP}/resources/Dataset/default/${NAME}/object`);
  await page.getByRole('button', { name: 'Edit labels and annotations' }).click();
  await page.getByLabel('Value of team').fill('b');
  await expect(page.getByTestId('object-difference')).toContainText('team: b');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText(`${NAME} was updated`)).toBeVisible();
  expect((await liveObject(request, `${DATASETS}/${NAME}`)).object.metadata.labels).toEqual({ team: 'b' });

  await confirm(page, 'Restart from round 1', 'Delete and recreate');
  await expect(page.getByText(`${NAME} was recreated`)).toBeVisible();
  const second = (await liveObject(request, `${DATASETS}/${NAME}`)).object;
  expect(second.metadata.uid).not.toBe(first.metadata.uid);
  expect(second.spec).toEqual(first.spec);
  expect(second.metadata.labels).toEqual({ team: 'b' });

  await confirm(page, 'Delete', 'Delete');
  await expect(page.getByText(`${NAME} was deleted`)).toBeVisible();
  await expect(page.getByText('Object not found')).toBeVisible();
  expect((await liveObject(request, `${DATASETS}/${NAME}`)).status).toBe(404);

  const annotations = await (
    await request.get(`/api/annotations?tags=sedna-ops&tags=name:${NAME}&type=annotation`)
  ).json();
  const actions = annotations.map(({ tags }: { tags: string[] }) => tags.find((tag) => /^[a-z]+$/.test(tag)));
  expect(actions.sort()).toEqual(['create', 'delete', 'edit', 'restart']);
});

test('an interrupted restart asks before the user leaves and can be resumed', async ({ page, request }) => {
  await request.post(`${PROXY}/kubernetes-write${DATASETS}`, {
    headers: { 'Content-Type': 'application/json' },
    data: MANIFEST,
  });
  await page.goto(`${APP}/resources/Dataset/default/${NAME}`);
  await page.getByRole('tab', { name: 'Object', exact: true }).click();
  // The dry run succeeds, then the connection to Kubernetes fails.
  const creation = (url: URL) =>
    url.pathname.endsWith(`/kubernetes-write${DATASETS}`) && !url.search.includes('dryRun');
  await page.route(creation, (route) => route.abort());
  await confirm(page, 'Restart from round 1', 'Delete and recreate');
  const halfway = page.getByText('Deleted but not recreated');
  await expect(halfway).toBeVisible();

  page.once('dialog', (dialog) => dialog.dismiss());
  await Promise.all([page.waitForEvent('dialog'), page.evaluate(() => window.history.back())]);
  await expect(halfway).toBeVisible();
  await expect(page).toHaveURL(/\/object/);

  await page.unroute(creation);
  await page.getByRole('button', { name: 'Create again' }).click();
  await expect(page.getByText(`${NAME} was recreated`)).toBeVisible();
  expect((await liveObject(request, `${DATASETS}/${NAME}`)).object.spec.url).toBe('/data/made.csv');
});

test('viewers see which permission they lack', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ baseURL, storageState: { cookies: [], origins: [] } });
  const page = await context.newPage();
  await page.goto(`${APP}/resources/LifelongLearningJob/default/atcii-classifier-demo/object`);
  await expect(page.getByText("You don't have permission to view live objects")).toBeVisible();
  await context.close();
});
