/**
 * Checks the scrape configuration of a cluster with a real Prometheus. Files with the same labels replace the service
 * discovery, because there are no pods.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { rootCertificates } from 'node:tls';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { parse, stringify } from 'yaml';
import { findBinary, getFreePort, fetchText, ProcessGroup, waitFor, type ManagedProcess } from '../../tools/engines';
import { startProcess } from '../../tools/engines/managedProcess';
import { createTemporaryFolder } from './support/folder';
import { queryPrometheus } from './support/queries';

const source = path.join(__dirname, '..', '..', 'collection', 'prometheus');
const stack = new ProcessGroup();
const dir = createTemporaryFolder();
let server: Server;
let prometheus: ManagedProcess;

const LONG = { id: '/kubepods/pod1/abc', image: 'i@sha256:1', name: 'abc' };
const formatSeries = (name: string, labels: Record<string, string>, value: number) =>
  `${name}{${Object.entries(labels).map(([label, text]) => `${label}="${text}"`)}} ${value}\n`;

const POD = { namespace: 'edge', pod: 'shop-train-x7k2p' };
const PAGES: Record<string, string> = {
  '/metrics/cadvisor': [
    formatSeries('container_cpu_usage_seconds_total', { ...POD, container: 'train-worker', cpu: 'total', ...LONG }, 12),
    formatSeries(
      'container_cpu_usage_seconds_total',
      { ...POD, container: '', cpu: 'total', id: '/kubepods/pod1' },
      13
    ),
    formatSeries('container_cpu_usage_seconds_total', { id: '/' }, 99),
    formatSeries('container_network_receive_bytes_total', { ...POD, interface: 'eth0', id: '/kubepods/pod1' }, 7),
    formatSeries('container_tasks_state', { ...POD, container: 'train-worker', state: 'running', ...LONG }, 1),
  ].join(''),
  '/metrics': [
    formatSeries('kube_pod_info', { ...POD, node: 'edge-node' }, 1),
    formatSeries('kube_node_info', { node: 'edge-node' }, 1),
    formatSeries('kube_pod_tolerations', POD, 1),
    formatSeries(
      'sedna_dataset_samples',
      {
        namespace: 'edge',
        name: 'd',
        kind: 'Dataset',
        customresource_kind: 'Dataset',
        customresource_group: 'sedna.io',
      },
      3200
    ),
    formatSeries('sedna_custom_Recall', { job: 'shop', instance: 'of the user' }, 0.93),
    formatSeries('node_cpu_seconds_total', { cpu: '0', mode: 'idle' }, 5),
  ].join(''),
};

interface Job {
  job_name: string;
  scheme?: string;
  kubernetes_sd_configs?: unknown;
  file_sd_configs?: unknown;
  scrape_interval?: string;
  scrape_timeout?: string;
}

const createComponentLabels = (component: string) => ({
  __meta_kubernetes_pod_label_app_kubernetes_io_part_of: 'sedna-ops',
  __meta_kubernetes_pod_label_app_kubernetes_io_component: component,
});
const createPortLabel = (name: string) => ({ __meta_kubernetes_pod_container_port_name: name });
const nodeExporterLabel = { __meta_kubernetes_pod_label_app_kubernetes_io_name: 'prometheus-node-exporter' };
const edgeLabel = { __meta_kubernetes_node_labelpresent_node_role_kubernetes_io_edge: 'true' };

/** Discovered addresses and labels by job. The address `page` is replaced with the server of the pages above. */
const DISCOVERED: Record<string, Array<[address: string, labels: Record<string, string>]>> = {
  'kube-state-metrics': [
    ['page', { ...createComponentLabels('kube-state-metrics'), ...createPortLabel('metrics') }],
    ['10.0.0.1:8081', { ...createComponentLabels('kube-state-metrics'), ...createPortLabel('telemetry') }],
    ['10.0.0.2:80', { __meta_kubernetes_pod_label_app_kubernetes_io_name: 'web', ...createPortLabel('metrics') }],
  ],
  'sedna-exporter': [
    ['page', { ...createComponentLabels('exporter'), ...createPortLabel('metrics') }],
    ['10.0.0.3:9', { ...createComponentLabels('gateway'), ...createPortLabel('metrics') }],
  ],
  kubelet: [
    ['10.0.0.4:10250', { __meta_kubernetes_node_name: 'cloud-node' }],
    ['10.0.0.7:10250', { __meta_kubernetes_node_name: 'edge-node', ...edgeLabel }],
  ],
  cadvisor: [
    ['page', { __meta_kubernetes_node_name: 'cloud-node' }],
    ['10.0.0.7:10250', { __meta_kubernetes_node_name: 'edge-node', ...edgeLabel }],
  ],
  'node-exporter': [
    [
      '10.0.0.4:1',
      {
        ...nodeExporterLabel,
        __meta_kubernetes_pod_host_ip: '10.0.0.4',
        __meta_kubernetes_pod_node_name: 'cloud-node',
      },
    ],
    [
      '10.0.0.7:1',
      {
        ...nodeExporterLabel,
        ...edgeLabel,
        __meta_kubernetes_pod_host_ip: '10.0.0.7',
        __meta_kubernetes_pod_node_name: 'edge-node',
      },
    ],
    ['10.0.0.2:80', { __meta_kubernetes_pod_label_app_kubernetes_io_name: 'web' }],
  ],
};

before(async () => {
  server = createServer((request, response) => {
    response.setHeader('Content-Type', 'text/plain; version=0.0.4');
    response.end(PAGES[request.url ?? ''] ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const page = `127.0.0.1:${(server.address() as AddressInfo).port}`;

  // The server doesn't check the token and the certificate.
  writeFileSync(path.join(dir, 'token'), 'token');
  writeFileSync(path.join(dir, 'ca.crt'), rootCertificates[0]);
  const text = readFileSync(path.join(source, 'scrape-cluster.yaml'), 'utf8');
  const config = parse(text.replaceAll('/var/run/secrets/kubernetes.io/serviceaccount', dir)) as {
    scrape_configs: Job[];
  };
  writeFileSync(path.join(dir, 'discovery.yml'), stringify(config));
  for (const job of config.scrape_configs) {
    assert.ok(job.kubernetes_sd_configs && DISCOVERED[job.job_name], job.job_name);
    delete job.kubernetes_sd_configs;
    job.file_sd_configs = [{ files: [`${job.job_name}.json`] }];
    job.scrape_interval = '1s';
    job.scrape_timeout = '1s';
    if (job.job_name === 'cadvisor') {
      job.scheme = 'http';
    }
    const groups = DISCOVERED[job.job_name].map(([address, labels]) => ({
      targets: [address === 'page' ? page : address],
      labels,
    }));
    writeFileSync(path.join(dir, `${job.job_name}.json`), JSON.stringify(groups));
  }
  mkdirSync(path.join(dir, 'rules'));
  cpSync(path.join(source, 'rules', 'sedna.yaml'), path.join(dir, 'rules', 'sedna.yaml'));
  writeFileSync(path.join(dir, 'prometheus.yml'), stringify(config));
  const address = `127.0.0.1:${await getFreePort()}`;
  prometheus = await stack.add(
    startProcess({
      name: 'prometheus',
      binary: findBinary('prometheus'),
      args: [
        `--config.file=${path.join(dir, 'prometheus.yml')}`,
        `--storage.tsdb.path=${path.join(dir, 'data')}`,
        `--web.listen-address=${address}`,
      ],
      dir,
      url: `http://${address}`,
      ready: async () => (await fetchText(`http://${address}/-/ready`)).includes('Ready'),
    })
  );
});
after(async () => {
  await stack.stop();
  server.close();
});

const promtool = (...args: string[]) => promisify(execFile)(findBinary('promtool'), args, { cwd: dir });

test('promtool accepts the scrape configurations of clusters and edge nodes', async () => {
  await promtool('check', 'config', 'discovery.yml');
  await promtool('check', 'config', 'prometheus.yml');
  await promtool('check', 'config', '--agent', path.join(source, 'scrape-edge.yaml'));
});

test('Prometheus discovers only the pods of Sedna Ops and the cloud nodes, with their ports', async () => {
  const targets = await waitFor('the targets', async () => {
    const { data } = JSON.parse(await fetchText(`${prometheus.url}/api/v1/targets?state=active`)) as {
      data: { activeTargets: Array<{ labels: Record<string, string>; scrapeUrl: string }> };
    };
    return data.activeTargets.length >= 5 && data.activeTargets;
  });
  const page = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  assert.deepEqual(
    targets.map(({ labels, scrapeUrl }) => [labels.job, scrapeUrl.replace(page, 'page'), labels.node]).sort(),
    [
      ['cadvisor', 'http://page/metrics/cadvisor', 'cloud-node'],
      ['kube-state-metrics', 'http://page/metrics', undefined],
      ['kubelet', 'https://10.0.0.4:10250/metrics', 'cloud-node'],
      ['node-exporter', 'http://10.0.0.4:9101/metrics', 'cloud-node'],
      ['sedna-exporter', 'http://page/metrics', undefined],
    ]
  );
});

test('series keep the labels of their objects, and unused series are dropped', async () => {
  await waitFor('both pages', async () => (await queryPrometheus(prometheus.url, 'up == 1')).length === 3);
  const all = await queryPrometheus(prometheus.url, '{job="kube-state-metrics", __name__!~"up|scrape_.+"}');
  assert.deepEqual(
    all.map(({ labels }) => labels).sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b))),
    [
      { kind: 'Dataset', name: 'd', namespace: 'edge' },
      { namespace: 'edge', node: 'edge-node', pod: 'shop-train-x7k2p' },
      { node: 'edge-node' },
    ]
  );
  const [custom] = await queryPrometheus(prometheus.url, 'sedna_custom_Recall{job="shop", instance="of the user"}');
  assert.equal(custom.value, 0.93);
});

test('cAdvisor series are limited to containers and networks of pods, without changing labels', async () => {
  const all = await waitFor('cAdvisor', async () => {
    const found = await queryPrometheus(prometheus.url, '{job="cadvisor", __name__=~"container_.+"}');
    return found.length > 0 && found;
  });
  assert.deepEqual(
    all.sort((a, b) => a.value - b.value),
    [
      { labels: { ...POD, interface: 'eth0', node: 'cloud-node' }, value: 7 },
      { labels: { ...POD, container: 'train-worker', cpu: 'total', node: 'cloud-node' }, value: 12 },
    ]
  );
});
