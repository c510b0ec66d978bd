import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import type { V1ConfigMap, V1Deployment } from '@kubernetes/client-node';
import { parse } from 'yaml';
import { findObject, renderChart, type RenderOptions } from '../../deploy/helm/render';
import { STACK_FOLDER, createStackWithStubs, THOUSANDS_OF_NODES_FILE } from '../../deploy/helm/charts';

// Upstream charts can't be downloaded here. Empty charts replace them, and the tests check the values that they receive.
const chart = createStackWithStubs();
const IMAGE = { 'sedna-ops.exporter.image.repository': 'registry.example.org/sedna-ops-exporter' };
const renderStack = (options: RenderOptions = {}) =>
  renderChart({ ...options, chart, set: { ...IMAGE, ...options.set } });

/** Values of any chart. */
type Values = Record<string, any>;
const yaml = (file: string) => parse(readFileSync(file, 'utf8')) as Values;
const values = yaml(path.join(STACK_FOLDER, 'values.yaml'));
/** The configuration of Loki with the defaults of its variables. */
const native = parse(
  readFileSync(path.join(__dirname, '../../collection/loki/loki.yaml'), 'utf8').replace(/\$\{\w+:-([^}]*)\}/g, '$1')
);

describe('values for upstream charts', () => {
  const objects = renderStack();
  const services = objects.filter(({ kind }) => kind === 'Service').map(({ metadata }) => metadata?.name);
  const getHost = (url: string) => new URL(url).hostname;

  it('connect Grafana to Loki through the read-only gateway, with the data source UIDs of the app', () => {
    const [prometheus, loki] = values.grafana.datasources['datasources.yaml'].datasources;
    assert.ok(services.includes(getHost(loki.url)), loki.url);
    assert.equal(getHost(prometheus.url), values.prometheus.server.fullnameOverride);
    const { data } = findObject<V1ConfigMap>(objects, 'ConfigMap', 'sedna-ops-plugin');
    const [app] = parse(data!['sedna.yaml']).apps;
    assert.deepEqual(app.jsonData, { prometheusUid: prometheus.uid, lokiUid: loki.uid });
  });

  it('make Prometheus run only the scrape jobs that the collection is tested with', () => {
    const { server, scrapeConfigFiles, scrapeConfigs } = values.prometheus;
    const mount = server.extraConfigmapMounts.find(({ name }: Values) => name === 'sedna-ops-scrape');
    assert.deepEqual(scrapeConfigFiles, [`${mount.mountPath}/*.yaml`]);
    const { data } = findObject<V1ConfigMap>(objects, 'ConfigMap', mount.configMap);
    const jobs = yaml(path.join(__dirname, '../../collection/prometheus/scrape-cluster.yaml')).scrape_configs;
    assert.deepEqual(parse(data!['sedna.yaml']).scrape_configs, jobs);
    for (const [name, job] of Object.entries<Values>(scrapeConfigs)) {
      assert.equal(job.enabled, false, name);
    }
  });

  it('have scrape jobs that match the labels and ports of the installed pods', () => {
    for (const [component, port] of [
      ['kube-state-metrics', 'metrics'],
      ['exporter', 'metrics'],
    ]) {
      const { spec } = findObject<V1Deployment>(objects, 'Deployment', `sedna-ops-${component}`);
      const { labels } = spec!.template.metadata!;
      assert.equal(labels!['app.kubernetes.io/part-of'], 'sedna-ops');
      assert.equal(labels!['app.kubernetes.io/component'], component);
      assert.ok(spec!.template.spec!.containers[0].ports!.some(({ name }) => name === port));
    }
  });

  it('make Prometheus load the installed rules and accept remote write from Loki', () => {
    const { server, serverFiles } = values.prometheus;
    const mount = server.extraConfigmapMounts.find(({ name }: Values) => name === 'sedna-ops-rules');
    findObject(objects, 'ConfigMap', mount.configMap);
    assert.ok(serverFiles['prometheus.yml'].rule_files.includes(`${mount.mountPath}/*.yaml`));
    assert.ok(server.extraFlags.includes('web.enable-remote-write-receiver'));
    const { url } = values.loki.loki.rulerConfig.remote_write.clients.prometheus;
    assert.equal(url, `http://${server.fullnameOverride}/api/v1/write`);
  });

  it('make the collectors send to the installed Loki', () => {
    assert.equal(values['sedna-ops'].lokiUrl, `http://${values.loki.fullnameOverride}:3100`);
  });

  it('make the sidecars of Grafana select the labels of the ConfigMaps', () => {
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

  it('give Loki the limits, schema, and retention that the collection is tested with', () => {
    const { loki } = values.loki;
    for (const [part, key] of [
      ['server', 'grpc_server_max_recv_msg_size'],
      ['server', 'grpc_server_max_send_msg_size'],
      ['ingester', 'max_chunk_age'],
      ['pattern_ingester', 'enabled'],
      ['querier', 'query_ingesters_within'],
      ...Object.keys(native.limits_config).map((limit) => ['limits_config', limit]),
    ]) {
      assert.deepEqual(loki[part][key], native[part][key], `${part}.${key}`);
    }
    assert.equal(loki.compactor.retention_enabled, native.compactor.retention_enabled);
    const [{ schema, store, index }] = native.schema_config.configs;
    const [own] = loki.schemaConfig.configs;
    assert.deepEqual([own.schema, own.store, own.index], [schema, store, index]);
  });

  it('store all data on volumes', () => {
    assert.equal(values.grafana.persistence.enabled, true);
    assert.equal(values.prometheus.server.persistentVolume.enabled, true);
    assert.deepEqual(values.loki.singleBinary.persistence, { enabled: true, size: '10Gi' });
  });

  it('schedule everything but node agents on cloud nodes', () => {
    const parts = [
      values.grafana,
      values.prometheus.server,
      values.loki.singleBinary,
      values['kube-state-metrics'],
      ...['read', 'write', 'backend', 'gateway'].map((part) => yaml(THOUSANDS_OF_NODES_FILE).loki[part]),
    ];
    for (const { affinity } of parts) {
      const { nodeSelectorTerms } = affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution;
      assert.deepEqual(nodeSelectorTerms, [
        { matchExpressions: [{ key: 'node-role.kubernetes.io/edge', operator: 'DoesNotExist' }] },
      ]);
    }
  });
});

describe('validation of the stack', () => {
  it('rejects two kube-state-metrics that would count each pod twice', () => {
    const set = { 'kube-state-metrics.enabled': true };
    assert.throws(() => renderStack({ set }), /kubeStateMetrics\.mode=customResourcesOnly/);
    renderStack({ set: { ...set, 'sedna-ops.kubeStateMetrics.mode': 'customResourcesOnly' } });
  });

  it("rejects the port of Sedna's local controller", () => {
    assert.equal(values['prometheus-node-exporter'].service.port, 9101);
    const set = { 'prometheus-node-exporter.service.port': 9100 };
    assert.throws(() => renderStack({ set }), /9100, which Sedna's local controller uses/);
  });

  it('rejects a missing URL of your own Loki', () => {
    assert.throws(
      () => renderStack({ set: { 'loki.enabled': false } }),
      /Set sedna-ops.lokiUrl to the URL of your Loki/
    );
    renderStack({ set: { 'loki.enabled': false, 'sedna-ops.lokiUrl': 'http://loki.monitoring.svc:3100' } });
  });

  it('rejects two names for one cluster', () => {
    const set = { 'sedna-ops.cluster': 'plant-1' };
    assert.throws(() => renderStack({ set }), /sedna-ops\.cluster is "plant-1".*external_labels\.cluster is ""/);
    renderStack({ set: { ...set, 'prometheus.server.global.external_labels.cluster': 'plant-1' } });
  });
});

describe('validation of the stack without its Prometheus', () => {
  const set = { 'prometheus.enabled': false };
  const forLoki = {
    'loki.loki.rulerConfig.remote_write.clients.prometheus.url': 'http://prometheus.monitoring.svc/api/v1/write',
  };
  const forGrafana = {
    'grafana.datasources.datasources\\.yaml.datasources[0].url': 'http://prometheus.monitoring.svc',
  };

  it('rejects a Loki that still writes the results of its rules to it', () =>
    assert.throws(() => renderStack({ set: { ...set, ...forGrafana } }), /Set loki\.loki\.rulerConfig\.remote_write/));

  it('rejects a data source of Grafana that still has its URL', () =>
    assert.throws(() => renderStack({ set: { ...set, ...forLoki } }), /Set its url in grafana\.datasources/));

  it('accepts another Prometheus', () => void renderStack({ set: { ...set, ...forLoki, ...forGrafana } }));
});

describe('values for thousands of edge nodes', () => {
  it('add the cluster to all series and logs', () => {
    const { cluster } = yaml(THOUSANDS_OF_NODES_FILE)['sedna-ops'];
    assert.match(cluster, /./);
    const objects = renderStack({ valuesFiles: [THOUSANDS_OF_NODES_FILE] });
    const data = (name: string) => findObject<V1ConfigMap>(objects, 'ConfigMap', `sedna-ops-${name}`).data!;
    for (const job of parse(data('prometheus-scrape')['sedna.yaml']).scrape_configs as Values[]) {
      assert.deepEqual(job.relabel_configs.at(-1), { target_label: 'cluster', replacement: cluster }, job.job_name);
    }
    assert.equal(parse(data('edge-metrics')['prometheus.yml']).global.external_labels.cluster, cluster);
    assert.equal(parse(data('logs')['access.yaml']).receivers.file_log.resource.cluster, cluster);
    const { loki } = yaml(THOUSANDS_OF_NODES_FILE).loki;
    const [{ attributes }] = loki.limits_config.otlp_config.resource_attributes.attributes_config;
    assert.deepEqual(attributes, ['namespace', 'pod', 'container', 'node', 'source', 'cluster']);
  });

  it('shard kube-state-metrics and authenticate edge nodes at Loki', () => {
    const objects = renderStack({ valuesFiles: [THOUSANDS_OF_NODES_FILE] });
    const shards = objects.filter(({ metadata }) => metadata?.name?.startsWith('sedna-ops-kube-state-metrics'));
    assert.equal(shards.filter(({ kind }) => kind === 'Deployment').length, 8);
    const edge = findObject(objects, 'DaemonSet', 'sedna-ops-logs-edge') as Values;
    const env = edge.spec.template.spec.containers[0].env as Values[];
    assert.equal(env.find(({ name }) => name === 'LOKI_OTLP_ENDPOINT')?.value, 'https://loki-push.example.org/otlp');
    assert.ok(env.some(({ name }) => name === 'LOKI_AUTHORIZATION'));
  });
});
