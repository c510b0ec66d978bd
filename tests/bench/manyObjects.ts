/** Generates the metrics of kube-state-metrics for a cluster with many Sedna objects. */
import { formatExposition, formatLabels, type MetricFamily, type Sample } from '../../exporter/http/exposition';
import { getFamilyPrefix, RESOURCE_METRICS } from '../../src/sedna/catalog/resourceMetrics';
import type { Metric } from '../../src/sedna/catalog/types';
import { findKind, KIND_NAMES, STAGES, type KindName } from '../../src/sedna/kinds';

export interface ManyObjects {
  objects: number;
  /** Every n-th object of a kind with workers has a running worker pod. */
  podEvery?: number;
  nodes?: number;
  /** Number of nodes that are offline for an hour. */
  offlineNodes?: number;
  /** Current time in seconds since the epoch. All timestamps are earlier. */
  now: number;
}

interface GeneratedObject {
  kind: KindName;
  namespace: string;
  name: string;
  index: number;
}

const NAMESPACES = 40;
const WORDS = ['atcii', 'robot', 'helmet', 'surface', 'traffic', 'yolo', 'dog', 'quay'];

/** Creates objects with alternating kinds. */
export function createObjects(count: number): GeneratedObject[] {
  return Array.from({ length: count }, (_, index) => ({
    kind: KIND_NAMES[index % KIND_NAMES.length],
    namespace: `team-${index % NAMESPACES}`,
    name: `${WORDS[index % WORDS.length]}-${WORDS[(index >> 3) % WORDS.length]}-${index}`,
    index,
  }));
}

function formatSeries(
  { labels, states, type }: Metric,
  { kind, namespace, name, index }: GeneratedObject,
  now: number
): Sample[] {
  const own = labels.filter((label) => label !== states?.label);
  const values = own.map((label) => (label === 'stage' ? STAGES[index % STAGES.length] : `${label}-${index}`));
  const names = ['kind', 'namespace', 'name', ...own];
  const identity = [kind, namespace, name, ...values];
  if (states) {
    return states.values.map((state, number) => ({
      labels: formatLabels([...names, states.label], [...identity, state]),
      value: number === index % states.values.length ? 1 : 0,
    }));
  }
  const value = type === 'info' ? 1 : type === 'timestamp' ? now - (index % 100_000) : index % 500;
  return [{ labels: formatLabels(names, identity), value }];
}

function podFamilies(
  objects: readonly GeneratedObject[],
  { podEvery = 5, nodes = 50, offlineNodes = 5, now }: ManyObjects
) {
  const withPods = objects
    .filter(({ kind }) => findKind(kind)!.hasWorkers)
    .filter((_, index) => index % podEvery === 0);
  const pod = ({ name }: GeneratedObject) => `${name}-train-ab12c`;
  const node = ({ index }: GeneratedObject) => `node-${index % nodes}`;
  const family = (name: string, samples: Sample[]): MetricFamily => ({ name, help: name, samples });
  const each = (names: string[], values: (object: GeneratedObject) => string[]) =>
    withPods.map((object) => ({
      labels: formatLabels(['namespace', 'pod', ...names], [object.namespace, pod(object), ...values(object)]),
      value: 1,
    }));
  return [
    family(
      'kube_pod_owner',
      each(['owner_kind', 'owner_name', 'owner_is_controller'], ({ kind, name }) => [kind, name, 'true'])
    ),
    family(
      'kube_pod_info',
      each(['node'], (object) => [node(object)])
    ),
    family(
      'kube_pod_status_phase',
      each(['phase'], () => ['Running'])
    ),
    family(
      'kube_lease_renew_time',
      Array.from({ length: nodes }, (_, index) => ({
        labels: formatLabels(['namespace', 'lease'], ['kube-node-lease', `node-${index}`]),
        value: index < offlineNodes ? now - 3600 : now + 86_400,
      }))
    ),
  ];
}

/** Creates a page in the Prometheus text format with all catalog metrics of each object. */
export function createMetricsPage(options: ManyObjects): string {
  const objects = createObjects(options.objects);
  const families = RESOURCE_METRICS.map((metric) => {
    const ofKind = objects.filter(({ kind }) => metric.name.startsWith(`${getFamilyPrefix(kind)}_`));
    return {
      name: metric.name,
      help: metric.help,
      samples: ofKind.flatMap((object) => formatSeries(metric, object, options.now)),
    };
  });
  return formatExposition([...families, ...podFamilies(objects, options)]);
}
