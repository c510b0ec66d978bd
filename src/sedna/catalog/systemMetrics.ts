/**
 * Resource usage of nodes and pods, with the standard names of kubelet's cAdvisor, node_exporter, and kube-state-metrics.
 * The configuration of this project scrapes them, but doesn't install them.
 */
import { defineMetric, getStates, type Metric } from './types';

const POD_LABELS = ['namespace', 'pod'] as const;
const OF_CONTAINERS =
  'Of each container; and once more for the whole pod, unless scraping leaves that out, as ours does.';
const NODE_NAME =
  'node_exporter names a node by the address it is scraped at: whether there is a label node as well is up to the scrape configuration.';

const ofPods = (name: string, help: string, type: Metric['type'], extra: Parameters<typeof defineMetric>[5] = {}) =>
  defineMetric(name, help, type, 'cadvisor', 'worker', { labels: POD_LABELS, ...extra });
const ofNodes = (name: string, help: string, type: Metric['type'], extra: Parameters<typeof defineMetric>[5] = {}) =>
  defineMetric(name, help, type, 'node-exporter', 'node', { labels: ['instance'], caveat: NODE_NAME, ...extra });

export const SYSTEM_METRICS: readonly Metric[] = [
  ofPods('container_cpu_usage_seconds_total', 'Processor time that a pod uses: cores.', 'counter', {
    labels: [...POD_LABELS, 'container'],
    unit: 'seconds',
    caveat: OF_CONTAINERS,
  }),
  ofPods(
    'container_memory_working_set_bytes',
    'Memory that a pod needs, as kubelet counts it before it evicts.',
    'gauge',
    {
      labels: [...POD_LABELS, 'container'],
      unit: 'bytes',
      caveat: OF_CONTAINERS,
    }
  ),
  ofPods('container_network_receive_bytes_total', 'What a pod receives.', 'counter', {
    labels: [...POD_LABELS, 'interface'],
    unit: 'bytes',
  }),
  ofPods('container_network_transmit_bytes_total', 'What a pod sends.', 'counter', {
    labels: [...POD_LABELS, 'interface'],
    unit: 'bytes',
  }),
  ofPods('container_fs_usage_bytes', 'Disk that a container has written to.', 'gauge', {
    labels: [...POD_LABELS, 'container', 'device'],
    unit: 'bytes',
  }),
  defineMetric('kube_pod_status_phase', 'Phase of a pod.', 'stateset', 'kube-state-metrics', 'worker', {
    labels: [...POD_LABELS, 'phase'],
    states: getStates('phase', ['Pending', 'Running', 'Succeeded', 'Failed', 'Unknown']),
  }),
  defineMetric(
    'kube_pod_container_status_restarts_total',
    'How often a container was restarted.',
    'counter',
    'kube-state-metrics',
    'worker',
    { labels: [...POD_LABELS, 'container'] }
  ),
  defineMetric(
    'kube_lease_renew_time',
    'When a node last renewed its lease.',
    'timestamp',
    'kube-state-metrics',
    'node',
    {
      labels: ['lease'],
    }
  ),
  ofNodes('node_cpu_seconds_total', 'Processor time of a node by mode: cores.', 'counter', {
    labels: ['instance', 'cpu', 'mode'],
    unit: 'seconds',
  }),
  ofNodes('node_memory_MemAvailable_bytes', 'Memory of a node that is still available.', 'gauge', { unit: 'bytes' }),
  ofNodes('node_memory_MemTotal_bytes', 'Memory of a node.', 'gauge', { unit: 'bytes' }),
  ofNodes('node_network_receive_bytes_total', 'What a node receives.', 'counter', {
    labels: ['instance', 'device'],
    unit: 'bytes',
  }),
  ofNodes('node_network_transmit_bytes_total', 'What a node sends.', 'counter', {
    labels: ['instance', 'device'],
    unit: 'bytes',
  }),
  ofNodes('node_filesystem_avail_bytes', 'Disk of a node that is still available.', 'gauge', {
    labels: ['instance', 'mountpoint'],
    unit: 'bytes',
  }),
  ofNodes('node_filesystem_size_bytes', 'Disk of a node.', 'gauge', {
    labels: ['instance', 'mountpoint'],
    unit: 'bytes',
  }),
];
