import type { APIRequestContext } from '@playwright/test';
import { ObjectTab } from '../pages/ObjectTab';
import { expect, takeScreenshot, test } from '../support/test';

/** The optional connection to the Kubernetes API: permissions, and actions on objects. */

const PROXY = '/api/plugin-proxy/kubeedge-sedna-app';
const DATASETS = '/apis/sedna.io/v1alpha1/namespaces/default/datasets';
const JOB_NAME = 'atcii-classifier-demo';
const JOB = `/apis/sedna.io/v1alpha1/namespaces/default/lifelonglearningjobs/${JOB_NAME}`;

/** Differs in each test and run, since the annotations of deleted objects remain. */
const createName = () => `made-by-hand-${Date.now()}`;

const toManifest = (name: string) =>
  JSON.stringify({
    apiVersion: 'sedna.io/v1alpha1',
    kind: 'Dataset',
    metadata: { name, namespace: 'default', labels: { team: 'a' } },
    spec: { url: '/data/made.csv', format: 'csv', nodeName: 'edge-node' },
  });

async function fetchObject(request: APIRequestContext, path: string) {
  const response = await request.get(`${PROXY}/kubernetes${path}`);
  return { status: response.status(), object: response.ok() ? await response.json() : undefined };
}

test.beforeEach(async ({ request }) => {
  if (process.env.SEDNA_CONTROL_URL) {
    // The runner sets up the connection, so a missing one is a failure.
    return;
  }
  const { jsonData } = await (await request.get('/api/plugins/kubeedge-sedna-app/settings')).json();
  test.skip(!jsonData?.kubernetesUrl, 'This Grafana has no connection to a Kubernetes API.');
});

let name: string;

test.beforeEach(() => {
  name = createName();
});

test.afterEach(async ({ request }) => {
  await request.delete(`${PROXY}/kubernetes-write${DATASETS}/${name}`);
});

test.describe('plugin proxy', () => {
  test('refuses viewers on both routes', async ({ viewerPage, request }) => {
    const viewer = viewerPage.request;
    expect((await viewer.get(`${PROXY}/kubernetes${JOB}`)).status()).toBe(403);
    for (const call of [
      viewer.delete(`${PROXY}/kubernetes-write${JOB}`),
      viewer.post(`${PROXY}/kubernetes-write${DATASETS}`, { data: toManifest(name) }),
      viewer.patch(`${PROXY}/kubernetes-write${JOB}`, { data: '{}' }),
    ]) {
      const response = await call;
      expect(response.status()).toBe(403);
      expect(await response.json()).toMatchObject({ message: 'plugin proxy route access denied' });
    }
    expect((await fetchObject(request, JOB)).status).toBe(200);
  });

  test('has no route for writing with the read token', async ({ request }) => {
    for (const call of [
      request.delete(`${PROXY}/kubernetes${JOB}`),
      request.patch(`${PROXY}/kubernetes${JOB}`, { data: '{}' }),
      request.post(`${PROXY}/kubernetes${DATASETS}`, { data: toManifest(name) }),
    ]) {
      const response = await call;
      expect(response.status()).toBe(404);
      expect(await response.json()).toMatchObject({ message: 'plugin route match not found' });
    }
    expect((await request.get(`${PROXY}/kubernetes-write${JOB}`)).status()).toBe(404);
    expect((await fetchObject(request, JOB)).status).toBe(200);
  });

  test('passes the uid of the object to Kubernetes and reveals no token', async ({ request }) => {
    const { object } = await fetchObject(request, JOB);
    const data = { apiVersion: 'v1', kind: 'DeleteOptions', preconditions: { uid: 'another' } };
    expect((await request.delete(`${PROXY}/kubernetes-write${JOB}`, { data })).status()).toBe(409);
    expect((await fetchObject(request, JOB)).object.metadata.uid).toBe(object.metadata.uid);
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

test('the configuration page tests the connection and reveals no token', async ({ page, monitor, configuration }) => {
  await configuration.open();
  await configuration.testKubernetesConnection();
  await expect(page.getByText('Kubernetes connection works')).toBeVisible();
  await expect(configuration.readToken).toHaveValue('configured');
  await configuration.showSetupSteps();
  await expect(configuration.manifest).toContainText('sedna-ops-grafana-writer');
  expect(monitor.errors).toEqual([]);
});

test('the Object tab shows the live job without its secrets', async ({ page, monitor, objectTab }) => {
  await objectTab.open({ name: JOB_NAME }, { find: 'credential' });
  await expect(objectTab.matches).toContainText('sedna.io/credential: <masked>');
  await expect(objectTab.manifest).toContainText('LifelongLearningJob');
  await expect(objectTab.conditions.getByRole('row').nth(1)).toContainText('True');
  await objectTab.findField.fill('demo-not-a-secret');
  await expect(objectTab.matches).toContainText('0 matches');
  expect(await page.content()).not.toContain('demo-not-a-key');
  await objectTab.showAs('JSON');
  await expect(page).toHaveURL(/format=json/);
  expect(monitor.errors).toEqual([]);
  await takeScreenshot(page, 'object');
});

async function deleteObject(objectTab: ObjectTab, action: 'Delete' | 'Restart from round 1', label: string) {
  await objectTab.startDeletion(action);
  await expect(objectTab.deletionImpact).toContainText('The object has no pods');
  await expect(objectTab.getConfirmButton(label)).toBeDisabled();
  await objectTab.confirmDeletion(name, label);
}

test('an object is created, edited, restarted, and deleted, each with an annotation', async ({
  page,
  request,
  objectTab,
}) => {
  await objectTab.open({ name: JOB_NAME });
  await objectTab.checkNewManifest(toManifest(name));
  await expect(page.getByText('Kubernetes accepts this manifest')).toBeVisible();
  expect((await fetchObject(request, `${DATASETS}/${name}`)).status).toBe(404);
  await objectTab.create();
  await expect(page.getByText(`${name} was created`)).toBeVisible();
  const first = (await fetchObject(request, `${DATASETS}/${name}`)).object;
  expect(first.spec.url).toBe('/data/made.csv');

  await page.getByRole('link', { name: `Open ${name}` }).click();
  await objectTab.open({ kind: 'Dataset', name });
  await objectTab.editLabel('team', 'b');
  await expect(objectTab.diff).toContainText('team: b');
  await objectTab.save();
  await expect(page.getByText(`${name} was updated`)).toBeVisible();
  expect((await fetchObject(request, `${DATASETS}/${name}`)).object.metadata.labels).toEqual({ team: 'b' });

  await deleteObject(objectTab, 'Restart from round 1', 'Delete and recreate');
  await expect(page.getByText(`${name} was recreated`)).toBeVisible();
  const second = (await fetchObject(request, `${DATASETS}/${name}`)).object;
  expect(second.metadata.uid).not.toBe(first.metadata.uid);
  expect(second.spec).toEqual(first.spec);
  expect(second.metadata.labels).toEqual({ team: 'b' });

  await deleteObject(objectTab, 'Delete', 'Delete');
  await expect(page.getByText(`${name} was deleted`)).toBeVisible();
  await expect(page.getByText('Object not found')).toBeVisible();
  expect((await fetchObject(request, `${DATASETS}/${name}`)).status).toBe(404);

  const annotations = await (
    await request.get(`/api/annotations?tags=sedna-ops&tags=name:${name}&type=annotation`)
  ).json();
  const actions = annotations.map(({ tags }: { tags: string[] }) => tags.find((tag) => /^[a-z]+$/.test(tag)));
  expect(actions.sort()).toEqual(['create', 'delete', 'edit', 'restart']);
});

test('an interrupted restart asks before the user leaves and can be resumed', async ({
  page,
  request,
  resource,
  objectTab,
}) => {
  await request.post(`${PROXY}/kubernetes-write${DATASETS}`, {
    headers: { 'Content-Type': 'application/json' },
    data: toManifest(name),
  });
  await resource.open({ kind: 'Dataset', name });
  await resource.openTab('Object');
  // The dry run succeeds, then the connection to Kubernetes fails.
  const isCreation = (url: URL) =>
    url.pathname.endsWith(`/kubernetes-write${DATASETS}`) && !url.search.includes('dryRun');
  await page.route(isCreation, (route) => route.abort());
  await deleteObject(objectTab, 'Restart from round 1', 'Delete and recreate');
  const halfway = page.getByText('Deleted but not recreated');
  await expect(halfway).toBeVisible();

  page.once('dialog', (dialog) => dialog.dismiss());
  await Promise.all([page.waitForEvent('dialog'), page.evaluate(() => window.history.back())]);
  await expect(halfway).toBeVisible();
  await expect(page).toHaveURL(/\/object/);

  await page.unroute(isCreation);
  await page.getByRole('button', { name: 'Create again' }).click();
  await expect(page.getByText(`${name} was recreated`)).toBeVisible();
  expect((await fetchObject(request, `${DATASETS}/${name}`)).object.spec.url).toBe('/data/made.csv');
});

test('viewers see which permission they lack', async ({ viewerPage }) => {
  await new ObjectTab(viewerPage).open({ name: JOB_NAME });
  await expect(viewerPage.getByText("You don't have permission to view live objects")).toBeVisible();
});
