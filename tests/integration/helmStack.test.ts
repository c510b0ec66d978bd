import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import type { V1ConfigMap, V1Deployment } from '@kubernetes/client-node';
import { parse } from 'yaml';
import { objectOf, render, type RenderOptions } from '../../deploy/helm/render';
import { STACK_FOLDER, stackWithStubs, THOUSANDS_FILE } from '../../deploy/helm/stack';

// The upstream charts have to be downloaded, so empty ones stand in for them: what is asserted is what they are told.
const chart = stackWithStubs();
const IMAGE = { 'sedna-ops.exporter.image.repository': 'registry.example.org/sedna-ops-exporter' };
const renderStack = (options: RenderOptions = {}) => render({ ...options, chart, set: { ...IMAGE, ...options.set } });

/** Values of charts, each of its own shape. */
type Values = Record<string, any>;
const yaml = (file: string) => parse(readFileSync(file, 'utf8')) as Values;
const values = yaml(path.join(STACK_FOLDER, 'values.yaml'));
const native = yaml(path.join(__dirname, '../../collection/loki/loki.yaml'));

describe('the values for upstream charts fit what sedna-ops installs', () => {
  const objects = renderStack();
  const services = objects.filter(({ kind }) => kind === 'Service').map(({ metadata }) => metadata?.name);
  const hostOf = (url: string) => new URL(url).hostname;

  test('Grafana asks Loki through the read-only gateway, under the uid that the app is told', () => {
    const [prometheus, loki] = values.grafana.datasources['datasources.yaml'].datasources;
    assert.ok(services.includes(hostOf(loki.url)), loki.url);
    assert.equal(hostOf(prometheus.url), values.prometheus.server.fullnameOverride);
    const { data } = objectOf<V1ConfigMap>(objects, 'ConfigMap', 'sedna-ops-plugin');
    const [app] = parse(data!['sedna.yaml']).apps;
    assert.deepEqual(app.jsonData, { prometheusUid: prometheus.uid, lokiUid: loki.uid });
  });

  test('Prometheus scrapes by the jobs that are tested with the collection, and by no others', () => {
    const { server, scrapeConfigFiles, scrapeConfigs } = values.prometheus;
    const mount = server.extraConfigmapMounts.find(({ name }: Values) => name === 'sedna-ops-scrape');
    assert.deepEqual(scrapeConfigFiles, [`${mount.mountPath}/*.yaml`]);
    const { data } = objectOf<V1ConfigMap>(objects, 'ConfigMap', mount.configMap);
    const jobs = yaml(path.join(__dirname, '../../collection/prometheus/scrape-cluster.yaml')).scrape_configs;
    assert.deepEqual(parse(data!['sedna.yaml']).scrape_configs, jobs);
    for (const [name, job] of Object.entries<Values>(scrapeConfigs)) {
      assert.equal(job.enabled, false, name);
    }
  });

  test('the jobs find the pods that are installed', () => {
    for (const [component, port] of [
      ['kube-state-metrics', 'metrics'],
      ['exporter', 'metrics'],
    ]) {
      const { spec } = objectOf<V1Deployment>(objects, 'Deployment', `sedna-ops-${component}`);
      const { labels } = spec!.template.metadata!;
      assert.equal(labels!['app.kubernetes.io/part-of'], 'sedna-ops');
      assert.equal(labels!['app.kubernetes.io/component'], component);
      assert.ok(spec!.template.spec!.containers[0].ports!.some(({ name }) => name === port));
    }
  });

  test('Prometheus loads the rules that are there and takes what Loki writes', () => {
    const { server, serverFiles } = values.prometheus;
    const mount = server.extraConfigmapMounts.find(({ name }: Values) => name === 'sedna-ops-rules');
    objectOf(objects, 'ConfigMap', mount.configMap);
    assert.ok(serverFiles['prometheus.yml'].rule_files.includes(`${mount.mountPath}/*.yaml`));
    assert.ok(server.extraFlags.includes('web.enable-remote-write-receiver'));
    const { url } = values.loki.loki.rulerConfig.remote_write.clients.prometheus;
    assert.equal(url, `http://${server.fullnameOverride}/api/v1/write`);
  });

  test('the collectors send to the Loki that is installed', () => {
    assert.equal(values['sedna-ops'].lokiUrl, `http://${values.loki.fullnameOverride}:3100`);
  });

  test('the sidecars look for the labels that ConfigMaps have', () => {
    for (const [part, label] of [
      ['dashboards', 'grafana_dashboard'],
      ['plugins', 'grafana_plugin'],
      ['alerts', 'grafana_alert'],
    ]) {
      assert.equal(values.grafana.sidecar[part].enabled, true);
      assert.equal(values.grafana.sidecar[part].label, label);
    }
    assert.ok(objects.some(({ metadata }) => metadata?.labels?.grafana_dashboard));
    assert.ok(objects.some(({ metadata }) => metadata?.labels?.grafana_plugin));
  });

  test('Loki takes and keeps what the collection is tested with', () => {
    const { loki } = values.loki;
    for (const [part, key] of [
      ['ingester', 'max_chunk_age'],
      ['pattern_ingester', 'enabled'],
      ['querier', 'query_ingesters_within'],
      ...Object.keys(native.limits_config).map((limit) => ['limits_config', limit]),
    ]) {
      assert.deepEqual(loki[part][key], native[part][key], `${part}.${key}`);
    }
    assert.equal(loki.compactor.retention_enabled, native.compactor.retention_enabled);
    const [{ schema, store, index }] = native.schema_config.configs;
    const [mine] = loki.schemaConfig.configs;
    assert.deepEqual([mine.schema, mine.store, mine.index], [schema, store, index]);
  });

  test('everything that holds data holds it on a volume', () => {
    assert.equal(values.grafana.persistence.enabled, true);
    assert.equal(values.prometheus.server.persistentVolume.enabled, true);
    assert.deepEqual(values.loki.singleBinary.persistence, { enabled: true, size: '10Gi' });
  });

  test('all but the node agents keep off edge nodes', () => {
    const parts = [
      values.grafana,
      values.prometheus.server,
      values.loki.singleBinary,
      values['kube-state-metrics'],
      ...['read', 'write', 'backend', 'gateway'].map((part) => yaml(THOUSANDS_FILE).loki[part]),
    ];
    for (const { affinity } of parts) {
      const { nodeSelectorTerms } = affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution;
      assert.deepEqual(nodeSelectorTerms, [
        { matchExpressions: [{ key: 'node-role.kubernetes.io/edge', operator: 'DoesNotExist' }] },
      ]);
    }
  });
});

describe('the stack says what does not fit together', () => {
  test('two kube-state-metrics that would count each pod twice', () => {
    const set = { 'kube-state-metrics.enabled': true };
    assert.throws(() => renderStack({ set }), /kubeStateMetrics\.mode=customResourcesOnly/);
    renderStack({ set: { ...set, 'sedna-ops.kubeStateMetrics.mode': 'customResourcesOnly' } });
  });

  test("the port of Sedna's local controller", () => {
    assert.equal(values['prometheus-node-exporter'].service.port, 9101);
    const set = { 'prometheus-node-exporter.service.port': 9100 };
    assert.throws(() => renderStack({ set }), /9100, which Sedna's local controller takes/);
  });

  test('a Loki of your own that nobody is told of', () => {
    assert.throws(
      () => renderStack({ set: { 'loki.enabled': false } }),
      /Set sedna-ops.lokiUrl to the address of yours/
    );
    renderStack({ set: { 'loki.enabled': false, 'sedna-ops.lokiUrl': 'http://loki.monitoring.svc:3100' } });
  });
});

describe('a stack without its Prometheus says who still writes to it and asks it', () => {
  const set = { 'prometheus.enabled': false };
  const ofLoki = {
    'loki.loki.rulerConfig.remote_write.clients.prometheus.url': 'http://prometheus.monitoring.svc/api/v1/write',
  };
  const ofGrafana = {
    'grafana.datasources.datasources\\.yaml.datasources[0].url': 'http://prometheus.monitoring.svc',
  };

  test('Loki, which writes what its rules make of logs', () =>
    assert.throws(() => renderStack({ set: { ...set, ...ofGrafana } }), /Set loki\.loki\.rulerConfig\.remote_write/));

  test("Grafana's data source", () =>
    assert.throws(() => renderStack({ set: { ...set, ...ofLoki } }), /Set its url in grafana\.datasources/));

  test('and takes another', () => void renderStack({ set: { ...set, ...ofLoki, ...ofGrafana } }));
});

test('a cluster has one name', () => {
  const set = { 'sedna-ops.cluster': 'plant-1' };
  assert.throws(() => renderStack({ set }), /sedna-ops\.cluster is "plant-1".*external_labels\.cluster is ""/);
  renderStack({ set: { ...set, 'prometheus.server.global.external_labels.cluster': 'plant-1' } });
});

test('the values for thousands of edge nodes name the cluster wherever series and logs come from', () => {
  const { cluster } = yaml(THOUSANDS_FILE)['sedna-ops'];
  assert.match(cluster, /./);
  const objects = renderStack({ valuesFiles: [THOUSANDS_FILE] });
  const data = (name: string) => objectOf<V1ConfigMap>(objects, 'ConfigMap', `sedna-ops-${name}`).data!;
  for (const job of parse(data('prometheus-scrape')['sedna.yaml']).scrape_configs as Values[]) {
    assert.deepEqual(job.relabel_configs.at(-1), { target_label: 'cluster', replacement: cluster }, job.job_name);
  }
  assert.equal(parse(data('edge-metrics')['prometheus.yml']).global.external_labels.cluster, cluster);
  assert.equal(parse(data('logs')['access.yaml']).receivers.filelog.resource.cluster, cluster);
  const { loki } = yaml(THOUSANDS_FILE).loki;
  const [{ attributes }] = loki.limits_config.otlp_config.resource_attributes.attributes_config;
  assert.deepEqual(attributes, ['namespace', 'pod', 'container', 'node', 'cluster']);
});

test('the values for thousands of edge nodes share the objects and shut the edge out of the open Loki', () => {
  const objects = renderStack({ valuesFiles: [THOUSANDS_FILE] });
  const shards = objects.filter(({ metadata }) => metadata?.name?.startsWith('sedna-ops-kube-state-metrics'));
  assert.equal(shards.filter(({ kind }) => kind === 'Deployment').length, 8);
  const edge = objectOf(objects, 'DaemonSet', 'sedna-ops-logs-edge') as Values;
  const env = edge.spec.template.spec.containers[0].env as Values[];
  assert.equal(env.find(({ name }) => name === 'LOKI_OTLP_ENDPOINT')?.value, 'https://loki-push.example.org/otlp');
  assert.ok(env.some(({ name }) => name === 'LOKI_AUTHORIZATION'));
});
