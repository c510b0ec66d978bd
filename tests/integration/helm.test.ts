import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
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
import { objectOf, RELEASE, render, type RenderOptions } from '../../deploy/helm/render';
import { stackWithStubs, THOUSANDS_FILE } from '../../deploy/helm/stack';
import { createTemporaryFolder } from './support/folder';

const OPERATOR = 'monitoring.coreos.com/v1';
const EVERYTHING = 'ci/everything-values.yaml';
const COLLECTOR = path.join(__dirname, '../../collection/otel-collector');
const dir = createTemporaryFolder();

/** Sets of values that users come with. */
const CASES: Record<string, RenderOptions> = {
  'the least that must be said': {
    set: { lokiUrl: 'http://loki:3100', 'exporter.image.repository': 'registry.example.org/exporter' },
  },
  everything: { valuesFiles: [EVERYTHING], apiVersions: [OPERATOR] },
  'beside another kube-state-metrics, the knowledge base on a named node': {
    valuesFiles: [EVERYTHING],
    apiVersions: [OPERATOR],
    set: { 'kubeStateMetrics.mode': 'customResourcesOnly', 'knowledgeBase.node': 'cloud-node' },
  },
  'only logs, only from edge nodes': {
    set: {
      'edge.lokiUrl': 'https://loki.example.org',
      'cloud.enabled': false,
      'exporter.enabled': false,
      'kubeStateMetrics.enabled': false,
    },
  },
  'an exporter for the knowledge base alone, peers named, images from a guarded registry': {
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
  chart: stackWithStubs(),
  set: { 'sedna-ops.exporter.image.repository': 'registry.example.org/exporter' },
};
CASES['the stack, without what upstream charts make'] = STACK;
CASES['the stack for thousands of edge nodes'] = { ...STACK, valuesFiles: [THOUSANDS_FILE] };

/** Kinds of the Prometheus Operator, which the API server here does not have. */
const isOperators = ({ apiVersion }: KubernetesObject) => apiVersion === OPERATOR;

describe('the chart against a real API server', () => {
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
    test(`takes what is rendered for: ${name}`, async () => {
      const objects = render(options).filter((object) => !isOperators(object));
      assert.ok(objects.length > 0);
      assert.deepEqual(await validateObjects(loadKubeconfig(server.kubeconfigs.admin), objects), []);
    });
  }

  test('takes the pod that shows how a collector ships files from beside its program', async () => {
    const [pod] = parseObjects(path.join(COLLECTOR, 'sidecar-pod.yaml')) as V1Pod[];
    assert.deepEqual(await validateObjects(loadKubeconfig(server.kubeconfigs.admin), [pod as KubernetesObject]), []);
    const asked = askedBy(readFileSync(path.join(COLLECTOR, 'sidecar.yaml'), 'utf8'));
    assert.ok(asked.includes('LOG_FILES') && asked.includes('NODE_NAME'));
    const given = pod.spec!.containers.find(({ name }) => name === 'collector')!.env!.map(({ name }) => name);
    assert.deepEqual(
      asked.filter((name) => !given.includes(name)),
      []
    );
  });

  test('would refuse a field that Kubernetes does not know', async () => {
    const [deployment] = render(CASES.everything).filter(({ kind }) => kind === 'Deployment');
    const misspelt = { ...deployment, spec: { ...(deployment as { spec?: object }).spec, replica: 2 } };
    const [refused] = await validateObjects(loadKubeconfig(server.kubeconfigs.admin), [misspelt]);
    assert.match(refused, /replica/);
  });
});

/** All that a configuration of the collector asks of the environment without a default, as in ${env:NODE_NAME}. */
const askedBy = (configuration: string) =>
  [...configuration.matchAll(/\$\{env:([A-Z_]+)\}/g)].map(([, variable]) => variable);

describe('what the chart renders', () => {
  test('the roles are those that are generated and tested with the collection', () => {
    const generated = parseObjects(path.join(__dirname, '../../collection/kube-state-metrics/rbac.yaml'));
    const rendered = render(CASES.everything);
    for (const name of ['sedna-ops-kube-state-metrics', 'sedna-ops-exporter']) {
      const wanted = objectOf<V1ClusterRole>(generated, 'ClusterRole', name);
      assert.deepEqual(objectOf<V1ClusterRole>(rendered, 'ClusterRole', name).rules, wanted.rules);
    }
  });

  test('promtool takes the recording rules, and so does a PrometheusRule', () => {
    const rendered = render(CASES.everything);
    const { data } = objectOf<V1ConfigMap>(rendered, 'ConfigMap', 'sedna-ops-prometheus-rules');
    const files = Object.entries(data!).map(([name, content]) => {
      const file = path.join(dir, name);
      writeFileSync(file, content);
      return file;
    });
    execFileSync(findBinary('promtool'), ['check', 'rules', ...files], { stdio: 'pipe' });
    assert.ok(rendered.some(({ kind }) => kind === 'PrometheusRule'));
  });

  test('the collector takes its configuration with what reaches a guarded Loki laid over it', () => {
    const { data } = objectOf<V1ConfigMap>(render(CASES.everything), 'ConfigMap', 'sedna-ops-logs');
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

  test("promtool takes the configuration of an edge node's agent", () => {
    const { data } = objectOf<V1ConfigMap>(render(CASES.everything), 'ConfigMap', 'sedna-ops-edge-metrics');
    const file = path.join(dir, 'edge.yml');
    // The token is there in the pod only.
    writeFileSync(file, data!['prometheus.yml'].replace('/etc/remote-write/token', file));
    execFileSync(findBinary('promtool'), ['check', 'config', file], { stdio: 'pipe' });
  });

  test('the collectors get all that their configuration asks of the environment', () => {
    const rendered = render(CASES.everything);
    const { data } = objectOf<V1ConfigMap>(rendered, 'ConfigMap', 'sedna-ops-logs');
    const asked = askedBy(Object.values(data!).join());
    assert.ok(asked.includes('NODE_NAME') && asked.includes('LOKI_AUTHORIZATION'));
    for (const place of ['cloud', 'edge']) {
      const { spec } = objectOf<V1DaemonSet>(rendered, 'DaemonSet', `sedna-ops-logs-${place}`);
      const given = spec!.template.spec!.containers[0].env!.map(({ name }) => name);
      assert.deepEqual(
        asked.filter((name) => !given.includes(name)),
        []
      );
    }
  });

  test('dashboards are JSON', () => {
    const maps = render(CASES.everything).filter(
      ({ metadata }) => metadata?.labels?.grafana_dashboard
    ) as V1ConfigMap[];
    assert.ok(maps.length > 0);
    maps.flatMap(({ data }) => Object.values(data!)).forEach((text) => JSON.parse(text));
  });
});
