/** Checks that the three scrape configurations agree and keep what rules and pages read. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { parse, parseAllDocuments } from 'yaml';
import { RULE_FILES } from '../../src/sedna/diagnosis/rules/files';
import { GROUPS } from './rules';

/** Conditions of the alerts. */
const ALERTS = RULE_FILES.flatMap(({ alert, promql }) => (alert && promql ? [promql()] : []));

interface Relabel {
  action?: string;
  source_labels?: string[];
  regex?: string;
}

interface Job {
  job_name: string;
  scrape_interval?: string;
  scheme?: string;
  metrics_path?: string;
  honor_labels?: boolean;
  metric_relabel_configs?: Relabel[];
}

interface Endpoint {
  port?: string;
  path?: string;
  scheme?: string;
  interval: string;
  honorLabels?: boolean;
  relabelings: object[];
  metricRelabelings?: Array<{ action?: string; sourceLabels?: string[]; regex?: string }>;
}

interface Monitor {
  apiVersion: string;
  kind: string;
  metadata: { name: string };
  spec: { selector: object; endpoints?: Endpoint[]; podMetricsEndpoints?: Endpoint[] };
}

const read = (file: string) => readFileSync(path.join(__dirname, file), 'utf8');
const cluster = parse(read('scrape-cluster.yaml')) as { global: { scrape_interval: string }; scrape_configs: Job[] };
const edge = parse(read('scrape-edge.yaml')) as { global: { scrape_interval: string }; scrape_configs: Job[] };
const monitors = parseAllDocuments(read('monitors.yaml')).map((document) => document.toJS() as Monitor);

const findJob = ({ scrape_configs: jobs }: { scrape_configs: Job[] }, name: string) =>
  jobs.find((job) => job.job_name === name) ?? assert.fail(`no job ${name}`);

test('native runs and Compose relabel metrics like a cluster, so that they lack what a cluster lacks', () => {
  const native = parse(read('prometheus.yml')) as { scrape_configs: Job[] };
  for (const { job_name: name, metric_relabel_configs: rules, honor_labels: honors } of native.scrape_configs) {
    assert.deepEqual(rules, findJob(cluster, name).metric_relabel_configs, name);
    assert.equal(honors, findJob(cluster, name).honor_labels, name);
  }
});

test('edge nodes keep the same metrics of the kubelet, cAdvisor, and node exporter as cloud nodes', () => {
  for (const { job_name: name, metrics_path: at, metric_relabel_configs: rules } of edge.scrape_configs) {
    assert.deepEqual(rules, findJob(cluster, name).metric_relabel_configs, name);
    assert.equal(at, findJob(cluster, name).metrics_path, name);
  }
  assert.deepEqual(edge.scrape_configs.map(({ job_name: name }) => name).sort(), [
    'cadvisor',
    'kubelet',
    'node-exporter',
  ]);
  assert.equal(edge.global.scrape_interval, '60s');
});

/** Converts an endpoint of a monitor to the fields of Prometheus' own configuration. */
function toScrapeJob({ path: at, scheme, interval, honorLabels, metricRelabelings }: Endpoint) {
  const rules = metricRelabelings?.map(({ sourceLabels, ...rest }) => ({
    ...rest,
    ...(sourceLabels && { source_labels: sourceLabels }),
  }));
  return {
    metrics_path: at,
    scheme,
    scrape_interval: interval,
    honor_labels: honorLabels,
    metric_relabel_configs: rules,
  };
}

test('the monitors of the Prometheus Operator equal the scrape configuration', () => {
  const endpoints = monitors.flatMap(({ spec }) => spec.endpoints ?? spec.podMetricsEndpoints ?? []);
  assert.deepEqual(
    endpoints.map(toScrapeJob),
    cluster.scrape_configs.map((job) => ({
      metrics_path: job.metrics_path,
      scheme: job.scheme,
      scrape_interval: job.scrape_interval ?? cluster.global.scrape_interval,
      honor_labels: job.honor_labels,
      metric_relabel_configs: job.metric_relabel_configs,
    }))
  );
});

test('the monitors have only known fields', () => {
  const known = {
    ServiceMonitor: ['attachMetadata', 'endpoints', 'namespaceSelector', 'selector'],
    PodMonitor: ['attachMetadata', 'namespaceSelector', 'podMetricsEndpoints', 'selector'],
  } as const;
  const fields = [
    ...['bearerTokenFile', 'honorLabels', 'interval', 'metricRelabelings', 'path', 'port', 'relabelings'],
    ...['scheme', 'scrapeTimeout', 'tlsConfig'],
  ];
  for (const { apiVersion, kind, metadata, spec } of monitors) {
    assert.equal(apiVersion, 'monitoring.coreos.com/v1');
    assert.ok(kind in known, kind);
    const unknown = Object.keys(spec).filter((field) => !known[kind as keyof typeof known].includes(field as never));
    assert.deepEqual(unknown, [], metadata.name);
    for (const endpoint of spec.endpoints ?? spec.podMetricsEndpoints ?? []) {
      assert.deepEqual(
        Object.keys(endpoint).filter((field) => !fields.includes(field)),
        [],
        metadata.name
      );
    }
  }
});

const ROOT = path.join(__dirname, '..', '..');
const readFiles = (folder: string, wanted: RegExp) =>
  readdirSync(path.join(ROOT, folder))
    .filter((file) => wanted.test(file))
    .map((file) => readFileSync(path.join(ROOT, folder, file), 'utf8'));

/**
 * Returns names of built-in kube-state-metrics metrics in the texts; `a(_b)?_c` stands for two. A name after a colon is part
 * of that of a recording rule.
 */
const findBuiltInMetrics = (texts: readonly string[]) => {
  const named = texts.flatMap((text) => text.match(/(?<![:\w])kube_[a-z_]+(?:\([a-z_]+\)\?[a-z_]+)?/g) ?? []);
  return [...new Set(named.flatMap((name) => [name.replace(/\(.+\)\?/, ''), name.replace(/[()?]/g, '')]))].sort();
};

describe('metrics kept from kube-state-metrics', () => {
  const keepRule = findJob(cluster, 'kube-state-metrics').metric_relabel_configs?.find(
    ({ action }) => action === 'keep'
  );
  const pattern = new RegExp(`^(?:${keepRule?.regex})$`);
  const consumers: ReadonlyArray<readonly [consumer: string, texts: readonly string[], example: string]> = [
    [
      'include what recording rules read',
      GROUPS.flatMap(({ rules }) => rules.map(({ expr }) => expr)),
      'kube_pod_owner',
    ],
    ['include what alerts read', ALERTS.map(({ expr }) => expr), 'kube_pod_init_container_status_waiting_reason'],
    ['include what dashboards read', readFiles('provisioning/dashboards', /\.json$/), 'kube_node_role'],
    [
      'include what the queries of the app read',
      readFiles('src/query', /(?<!\.test)\.ts$/),
      'kube_pod_container_status_waiting_reason',
    ],
  ];
  for (const [consumer, texts, example] of consumers) {
    test(consumer, () => {
      const names = findBuiltInMetrics(texts);
      assert.ok(names.includes(example), `${names.join(', ')} without ${example}`);
      assert.deepEqual(
        names.filter((name) => !pattern.test(name)),
        []
      );
    });
  }

  test('include all Sedna metrics and exclude unused ones', () => {
    assert.match('sedna_reidjob_info', pattern);
    assert.doesNotMatch('kube_pod_tolerations', pattern);
  });
});

test('node exporter does not use the port of the local controller', () => {
  for (const file of ['scrape-cluster.yaml', 'scrape-edge.yaml', 'monitors.yaml']) {
    assert.match(read(file), /:9101\b/, file);
    assert.doesNotMatch(read(file), /:9100\b/, file);
  }
});
