import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import {
  AppsV1Api,
  AuthorizationV1Api,
  CoreV1Api,
  RbacAuthorizationV1Api,
  type KubeConfig,
  type V1ConfigMap,
  type V1Deployment,
} from '@kubernetes/client-node';
import { stringify } from 'yaml';
import {
  applyObjects,
  findBinary,
  findChartTool,
  getFreePort,
  fetchText,
  ProcessGroup,
  waitFor,
  type ApiServer,
} from '../../tools/engines';
import { startProcess } from '../../tools/engines/managedProcess';
import { CHART_FOLDER } from '../../deploy/helm/charts';
import { findObject, RELEASE, renderChart } from '../../deploy/helm/render';
import { startCluster } from './support/cluster';
import { createTemporaryFolder } from './support/folder';

const stack = new ProcessGroup();
const dir = createTemporaryFolder();
let server: ApiServer;
let admin: KubeConfig;

/** Runs Helm as a user would, against the real API server. */
function runHelm(tool: 'helm' | 'helm-3', namespace: string, args: readonly string[]): string {
  const env = { ...process.env, KUBECONFIG: server.kubeconfigs.admin, HELM_CACHE_HOME: dir, HELM_CONFIG_HOME: dir };
  return execFileSync(findChartTool(tool), [...args, `--namespace=${namespace}`], { encoding: 'utf8', env });
}
const helm = (...args: string[]) => runHelm('helm', RELEASE, args);

const VALUES = [
  '--set=lokiUrl=http://loki.monitoring.svc:3100',
  '--set=exporter.image.repository=registry.example.org/sedna-ops-exporter',
];

/** Whether a service account of the release may use a resource. */
async function isAllowed(account: string, verb: string, group: string, resource: string): Promise<boolean> {
  const review = await admin.makeApiClient(AuthorizationV1Api).createSubjectAccessReview({
    body: {
      spec: {
        user: `system:serviceaccount:${RELEASE}:${account}`,
        groups: ['system:serviceaccounts', `system:serviceaccounts:${RELEASE}`, 'system:authenticated'],
        resourceAttributes: { verb, group, resource },
      },
    },
  });
  return review.status!.allowed;
}

/** Creates a kubeconfig file with a token of a service account, as in its pod. */
async function createKubeconfig(account: string): Promise<string> {
  const { status } = await admin.makeApiClient(CoreV1Api).createNamespacedServiceAccountToken({
    name: account,
    namespace: RELEASE,
    body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { audiences: [] } },
  });
  const cluster = admin.getCurrentCluster()!;
  const file = path.join(dir, `kubeconfig-${account}.yaml`);
  const content = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'a', cluster: { server: cluster.server, 'certificate-authority-data': cluster.caData } }],
    users: [{ name: 'a', user: { token: status!.token } }],
    contexts: [{ name: 'a', context: { cluster: 'a', user: 'a' } }],
    'current-context': 'a',
  };
  writeFileSync(file, stringify(content), { mode: 0o600 });
  return file;
}

describe('installed chart', () => {
  before(async () => {
    ({ api: server, admin } = await startCluster({ stack, dir }));
    // Another name, because this API server already has ClusterRoles named sedna-ops-...
    helm('install', RELEASE, CHART_FOLDER, '--create-namespace', '--set=fullnameOverride=ops', ...VALUES);
  });
  after(() => stack.stop());

  it('prints the URLs of its parts and the next steps', () => {
    const notes = helm('get', 'notes', RELEASE);
    assert.match(notes, /http:\/\/ops-exporter\.sedna-ops\.svc:9808\/metrics/);
    assert.match(notes, /scrape_config_files/);
    assert.match(notes, /gateway\.enabled=true/);
  });

  it('grants each part only the permissions that it needs', async () => {
    assert.equal(await isAllowed('ops-exporter', 'watch', 'sedna.io', 'lifelonglearningjobs'), true);
    assert.equal(await isAllowed('ops-exporter', 'list', '', 'pods'), true);
    assert.equal(await isAllowed('ops-exporter', 'list', '', 'secrets'), false);
    assert.equal(await isAllowed('ops-exporter', 'delete', '', 'pods'), false);
    assert.equal(await isAllowed('ops-kube-state-metrics', 'list', '', 'pods'), true);
    assert.equal(await isAllowed('ops-kube-state-metrics', 'watch', 'sedna.io', 'datasets'), true);
    assert.equal(await isAllowed('ops-logs', 'list', '', 'pods'), false);
    for (const account of ['ops-exporter', 'ops-kube-state-metrics', 'ops-logs']) {
      assert.equal(await isAllowed(account, 'list', '', 'secrets'), false, account);
      assert.equal(await isAllowed(account, 'patch', 'sedna.io', 'lifelonglearningjobs'), false, account);
    }
  });

  it('adds and removes shards and the gateway on upgrade', async () => {
    const api = admin.makeApiClient(AppsV1Api);
    const names = async () => {
      const { items } = await api.listNamespacedDeployment({ namespace: RELEASE });
      return items.map(({ metadata }) => metadata!.name).sort();
    };
    helm(
      'upgrade',
      RELEASE,
      CHART_FOLDER,
      '--reuse-values',
      '--set=kubeStateMetrics.shards=2',
      '--set=gateway.enabled=true'
    );
    assert.deepEqual(await names(), [
      'ops-exporter',
      'ops-kube-state-metrics',
      'ops-kube-state-metrics-1',
      'ops-loki-read-only',
    ]);
    helm(
      'upgrade',
      RELEASE,
      CHART_FOLDER,
      '--reuse-values',
      '--set=kubeStateMetrics.shards=1',
      '--set=gateway.enabled=false'
    );
    assert.deepEqual(await names(), ['ops-exporter', 'ops-kube-state-metrics']);
  });

  it('runs kube-state-metrics in customResourcesOnly mode without missing permissions', async () => {
    const set = { 'kubeStateMetrics.mode': 'customResourcesOnly', fullnameOverride: 'ops' };
    helm('upgrade', RELEASE, CHART_FOLDER, '--reuse-values', '--set=kubeStateMetrics.mode=customResourcesOnly');
    const rendered = renderChart({ set: { ...set, 'logs.enabled': false, 'exporter.enabled': false } });
    const folder = path.join(dir, 'kube-state-metrics');
    mkdirSync(folder);
    const { data } = findObject<V1ConfigMap>(rendered, 'ConfigMap', 'ops-kube-state-metrics');
    Object.entries(data!).forEach(([name, text]) => writeFileSync(path.join(folder, name), text));
    const { spec } = findObject<V1Deployment>(rendered, 'Deployment', 'ops-kube-state-metrics');
    const ports = { '8080': await getFreePort(), '8081': await getFreePort() };
    const args = spec!.template.spec!.containers[0].args!.map((argument) =>
      argument
        .replace('/etc/kube-state-metrics', folder)
        .replace(/=(8080|8081)$/, (_, port: keyof typeof ports) => `=${ports[port]}`)
    );
    const url = `http://127.0.0.1:${ports['8080']}`;
    const engine = await stack.add(
      startProcess({
        name: 'kube-state-metrics',
        binary: findBinary('kube-state-metrics'),
        args: [
          ...args,
          '--host=127.0.0.1',
          '--telemetry-host=127.0.0.1',
          `--kubeconfig=${await createKubeconfig('ops-kube-state-metrics')}`,
        ],
        dir,
        url,
        ready: async () => (await fetchText(`${url}/livez`)) !== '',
      })
    );
    await applyObjects(admin, [
      {
        apiVersion: 'sedna.io/v1alpha1',
        kind: 'Dataset',
        metadata: { name: 'lifelong-dataset', namespace: 'default' },
        spec: { url: '/data/train.csv', format: 'csv', nodeName: 'edge-node' },
      } as object,
    ]);
    const metrics = await waitFor('the metrics of the dataset', async () => {
      const text = await fetchText(`${url}/metrics`);
      return text.includes('name="lifelong-dataset"') && text;
    });
    assert.match(metrics, /^sedna_dataset_info\{/m);
    assert.doesNotMatch(metrics, /^kube_pod_/m);
    assert.doesNotMatch(readFileSync(engine.logFile, 'utf8'), /forbidden/);
  });

  it('is upgraded by Helm 4 from a release of Helm 3, and uninstalled', async () => {
    const namespace = 'former';
    const values = ['--set=fullnameOverride=former', ...VALUES];
    const exporter = () =>
      admin.makeApiClient(AppsV1Api).readNamespacedDeployment({ name: 'former-exporter', namespace });
    runHelm('helm-3', namespace, ['install', 'former', CHART_FOLDER, '--create-namespace', ...values]);
    assert.equal(
      (await exporter()).spec!.template.spec!.containers[0].env!.some(({ name }) => name === 'EXTRA'),
      false
    );
    const change = ['--set=exporter.extraEnv[0].name=EXTRA', '--set=exporter.extraEnv[0].value=added'];
    runHelm('helm', namespace, ['upgrade', 'former', CHART_FOLDER, ...values, ...change]);
    const { env } = (await exporter()).spec!.template.spec!.containers[0];
    assert.equal(env!.find(({ name }) => name === 'EXTRA')?.value, 'added');
    assert.match(runHelm('helm', namespace, ['history', 'former']), /\b2\b.*deployed/);
    runHelm('helm', namespace, ['uninstall', 'former']);
    await assert.rejects(exporter(), /404/);
  });

  it('leaves nothing in the cluster after uninstall', async () => {
    helm('uninstall', RELEASE);
    const maps = await admin.makeApiClient(CoreV1Api).listNamespacedConfigMap({ namespace: RELEASE });
    const roles = await admin.makeApiClient(RbacAuthorizationV1Api).listClusterRole();
    const names = [...maps.items, ...roles.items].map(({ metadata }) => metadata?.name ?? '');
    assert.deepEqual(
      names.filter((name) => name.startsWith('ops-')),
      []
    );
  });
});
