import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { KubernetesObject, V1ClusterRole, V1ConfigMap, V1DaemonSet, V1Pod } from '@kubernetes/client-node';
import {
  applyObjects,
  validateObjects,
  findBinary,
  loadKubeconfig,
  parseObjects,
  ProcessGroup,
  startApiServer,
  startEtcd,
  type ApiServer,
} from '../../tools/engines';
import { findObject, RELEASE, renderChart, type RenderOptions } from '../../deploy/helm/render';
import { createStackWithStubs, THOUSANDS_OF_NODES_FILE } from '../../deploy/helm/charts';
import { createTemporaryFolder } from './support/folder';

const OPERATOR = 'monitoring.coreos.com/v1';
const EVERYTHING = 'ci/everything-values.yaml';
const COLLECTOR = path.join(__dirname, '../../collection/otel-collector');
const dir = createTemporaryFolder();

/** Typical sets of values, by description. */
const CASES: Record<string, RenderOptions> = {
  'required values only': {
    set: { lokiUrl: 'http://loki:3100', 'exporter.image.repository': 'registry.example.org/exporter' },
  },
  everything: { valuesFiles: [EVERYTHING], apiVersions: [OPERATOR] },
  'another kube-state-metrics, and the knowledge base on a named node': {
    valuesFiles: [EVERYTHING],
    apiVersions: [OPERATOR],
    set: { 'kubeStateMetrics.mode': 'customResourcesOnly', 'knowledgeBase.node': 'cloud-node' },
  },
  'only logs from edge nodes': {
    set: {
      'edge.lokiUrl': 'https://loki.example.org',
      'cloud.enabled': false,
      'exporter.enabled': false,
      'kubeStateMetrics.enabled': false,
    },
  },
  'an exporter for only the knowledge base, named peers, and a private image registry': {
    valuesFiles: [EVERYTHING],
    set: {
      'exporter.clusterObjects': false,
      'imagePullSecrets[0]': 'registry',
      'networkPolicies.prometheusFrom[0].podSelector.matchLabels.app': 'prometheus',
      'networkPolicies.apiServerCidrs[0]': '10.0.0.1/32',
      cluster: 'plant-1',
    },
    apiVersions: [OPERATOR],
  },
};

const STACK = {
  chart: createStackWithStubs(),
  set: { 'sedna-ops.exporter.image.repository': 'registry.example.org/exporter' },
};
CASES['the stack with stubs for upstream charts'] = STACK;
CASES['the stack for thousands of edge nodes'] = { ...STACK, valuesFiles: [THOUSANDS_OF_NODES_FILE] };

/** Whether an object is of the Prometheus Operator, whose kinds the API server in these tests doesn't have. */
const isOperatorObject = ({ apiVersion }: KubernetesObject) => apiVersion === OPERATOR;

describe('API server', () => {
  const stack = new ProcessGroup();
  let server: ApiServer;

  before(async () => {
    const etcd = await stack.add(startEtcd({ dir }));
    server = await stack.add(startApiServer({ dir, etcdUrl: etcd.url }));
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: RELEASE } };
    await applyObjects(loadKubeconfig(server.kubeconfigs.admin), [namespace]);
  });
  after(() => stack.stop());

  for (const [name, options] of Object.entries(CASES)) {
    it(`accepts the objects rendered for ${name}`, async () => {
      const objects = renderChart(options).filter((object) => !isOperatorObject(object));
      assert.ok(objects.length > 0);
      assert.deepEqual(await validateObjects(loadKubeconfig(server.kubeconfigs.admin), objects), []);
    });
  }

  it('accepts the example pod with a log collector as a sidecar', async () => {
    const [pod] = parseObjects(path.join(COLLECTOR, 'sidecar-pod.yaml')) as V1Pod[];
    assert.deepEqual(await validateObjects(loadKubeconfig(server.kubeconfigs.admin), [pod as KubernetesObject]), []);
    const required = findRequiredVariables(readFileSync(path.join(COLLECTOR, 'sidecar.yaml'), 'utf8'));
    assert.ok(required.includes('LOG_FILES') && required.includes('NODE_NAME'));
    const actual = pod.spec!.containers.find(({ name }) => name === 'collector')!.env!.map(({ name }) => name);
    assert.deepEqual(
      required.filter((name) => !actual.includes(name)),
      []
    );
  });

  it('rejects an unknown field', async () => {
    const [deployment] = renderChart(CASES.everything).filter(({ kind }) => kind === 'Deployment');
    const misspelled = { ...deployment, spec: { ...(deployment as { spec?: object }).spec, replica: 2 } };
    const [error] = await validateObjects(loadKubeconfig(server.kubeconfigs.admin), [misspelled]);
    assert.match(error, /replica/);
  });
});

/** Finds the required environment variables of a collector's configuration, as in ${env:NODE_NAME}. */
const findRequiredVariables = (configuration: string) =>
  [...configuration.matchAll(/\$\{env:([A-Z_]+)\}/g)].map(([, variable]) => variable);

describe('rendered chart', () => {
  for (const name of ['everything', 'the stack for thousands of edge nodes']) {
    it(`has the same objects with Helm 3 and 4, and for Kubernetes 1.30 to 1.37: ${name}`, () => {
      const expected = renderChart(CASES[name]);
      assert.deepEqual(renderChart({ ...CASES[name], helm: 'helm-3' }), expected);
      for (const kubeVersion of ['1.30', '1.37'].map((minor) => `${minor}.0`)) {
        assert.deepEqual(renderChart({ ...CASES[name], kubeVersion }), expected, kubeVersion);
      }
    });
  }

  it('has the generated ClusterRoles that the collection is tested with', () => {
    const generated = parseObjects(path.join(__dirname, '../../collection/kube-state-metrics/rbac.yaml'));
    const rendered = renderChart(CASES.everything);
    for (const name of ['sedna-ops-kube-state-metrics', 'sedna-ops-exporter']) {
      const generatedRole = findObject<V1ClusterRole>(generated, 'ClusterRole', name);
      assert.deepEqual(findObject<V1ClusterRole>(rendered, 'ClusterRole', name).rules, generatedRole.rules);
    }
  });

  it('has recording rules that promtool accepts, also as a PrometheusRule', () => {
    const rendered = renderChart(CASES.everything);
    const { data } = findObject<V1ConfigMap>(rendered, 'ConfigMap', 'sedna-ops-prometheus-rules');
    const files = Object.entries(data!).map(([name, content]) => {
      const file = path.join(dir, name);
      writeFileSync(file, content);
      return file;
    });
    execFileSync(findBinary('promtool'), ['check', 'rules', ...files], { stdio: 'pipe' });
    assert.ok(rendered.some(({ kind }) => kind === 'PrometheusRule'));
  });

  it('has a collector configuration that the collector accepts, with authentication for Loki', () => {
    const { data } = findObject<V1ConfigMap>(renderChart(CASES.everything), 'ConfigMap', 'sedna-ops-logs');
    const args = ['config.yaml', 'access.yaml'].map((name) => {
      const file = path.join(dir, name);
      writeFileSync(file, data![name]);
      return `--config=file:${file}`;
    });
    const env = {
      ...process.env,
      NODE_NAME: 'edge-node',
      STATE_DIR: dir,
      LOG_ROOT: dir,
      LOKI_OTLP_ENDPOINT: 'https://loki.example.org/otlp',
      LOKI_AUTHORIZATION: 'Basic c2VkbmE6c2VkbmE=',
    };
    execFileSync(findBinary('otelcol'), ['validate', ...args], { stdio: 'pipe', env });
  });

  it('has a configuration of the edge agent that promtool accepts', () => {
    const { data } = findObject<V1ConfigMap>(renderChart(CASES.everything), 'ConfigMap', 'sedna-ops-edge-metrics');
    const file = path.join(dir, 'edge.yml');
    // Only the pod has the file with the token.
    writeFileSync(file, data!['prometheus.yml'].replace('/etc/remote-write/token', file));
    execFileSync(findBinary('promtool'), ['check', 'config', file], { stdio: 'pipe' });
  });

  it('sets every environment variable that the collector configuration requires', () => {
    const rendered = renderChart(CASES.everything);
    const { data } = findObject<V1ConfigMap>(rendered, 'ConfigMap', 'sedna-ops-logs');
    const required = findRequiredVariables(Object.values(data!).join());
    assert.ok(required.includes('NODE_NAME') && required.includes('LOKI_AUTHORIZATION'));
    for (const place of ['cloud', 'edge']) {
      const { spec } = findObject<V1DaemonSet>(rendered, 'DaemonSet', `sedna-ops-logs-${place}`);
      const actual = spec!.template.spec!.containers[0].env!.map(({ name }) => name);
      assert.deepEqual(
        required.filter((name) => !actual.includes(name)),
        []
      );
    }
  });

  it('has dashboards that are JSON', () => {
    const maps = renderChart(CASES.everything).filter(
      ({ metadata }) => metadata?.labels?.grafana_dashboard
    ) as V1ConfigMap[];
    assert.ok(maps.length > 0);
    maps.flatMap(({ data }) => Object.values(data!)).forEach((text) => JSON.parse(text));
  });
});
