import { getFamilyPrefix, RESOURCE_METRICS } from '../../src/sedna/catalog/resourceMetrics';
import { KIND_NAMES, type KindName } from '../../src/sedna/kinds';
import type { Metric } from '../../src/sedna/catalog';

/** Path of a value in an object; "-1" is the newest entry of a list. */
type Path = readonly string[];

/** The fields of kube-state-metrics' CustomResourceState that are used here. */
export interface Family {
  name: string;
  help: string;
  each: object;
}

/** Metrics of one kind of custom resource. */
export interface KindFamilies {
  kind: KindName;
  families: readonly Family[];
}

const NEWEST_CONDITION: Path = ['status', 'conditions', '-1'];

/** Paths of the labels of info metrics. */
const INFO_PATHS: Readonly<Record<string, Path>> = {
  aggregation_model: ['spec', 'aggregationWorker', 'model', 'name'],
  cloud_model: ['spec', 'cloudWorker', 'model', 'name'],
  dataset: ['spec', 'dataset', 'name'],
  deploy_model: ['spec', 'deploySpec', 'model', 'name'],
  edge_model: ['spec', 'edgeWorker', 'model', 'name'],
  format: ['spec', 'format'],
  initial_model: ['spec', 'initialModel', 'name'],
  model: ['spec', 'model', 'name'],
  node: ['spec', 'nodeName'],
  output_dir: ['spec', 'outputDir'],
  pretrained_model: ['spec', 'pretrainedModel', 'name'],
  url: ['spec', 'url'],
};

/** Paths of numbers and of RFC 3339 times, which become Unix time in seconds. */
const GAUGE_PATHS: Readonly<Record<string, Path>> = {
  active_workers: ['status', 'active'],
  completion_timestamp_seconds: ['status', 'completionTime'],
  failed_workers: ['status', 'failed'],
  last_transition_timestamp_seconds: [...NEWEST_CONDITION, 'lastTransitionTime'],
  samples: ['status', 'numberOfSamples'],
  start_timestamp_seconds: ['status', 'startTime'],
  succeeded_workers: ['status', 'succeeded'],
  train_probability: ['spec', 'dataset', 'trainProb'],
  trigger_threshold: ['spec', 'trainSpec', 'trigger', 'condition', 'threshold'],
  update_timestamp_seconds: ['status', 'updateTime'],
};

/** Exceptions by kind, where the CRD has a different field for the time of a condition. */
const GAUGE_PATHS_OF_KIND: Readonly<Partial<Record<KindName, Readonly<Record<string, Path>>>>> = {
  FederatedLearningJob: { last_transition_timestamp_seconds: [...NEWEST_CONDITION, 'lastHeartbeatTime'] },
};

/** Paths of states. */
const STATE_PATHS: Readonly<Record<string, { path: Path; valueFrom?: Path }>> = {
  condition: { path: NEWEST_CONDITION, valueFrom: ['type'] },
  phase: { path: ['status', 'phase'] },
  status: { path: NEWEST_CONDITION, valueFrom: ['status'] },
};

function getOrThrow<T>(from: Readonly<Record<string, T>>, name: string): T {
  if (!Object.hasOwn(from, name)) {
    throw new Error(`families.ts has no path for ${name} of the metric catalog`);
  }
  return from[name];
}

/**
 * Returns the kube-state-metrics configuration of a metric in the catalog.
 * @param name metric name without the prefix of its kind
 */
function toMetricConfig(kind: KindName, name: string, { type, labels, states }: Metric): object {
  if (type === 'info') {
    const paths = labels.map((label) => [label, getOrThrow(INFO_PATHS, label)]);
    // An info metric without labels would have no series. Every object has a name, so it is always set.
    return { type: 'Info', info: { labelsFromPath: Object.fromEntries([['name', ['metadata', 'name']], ...paths]) } };
  }
  if (states) {
    const { path, valueFrom } = getOrThrow(STATE_PATHS, name);
    const extraLabels = labels.filter((label) => label !== states.label);
    return {
      type: 'StateSet',
      stateSet: {
        path,
        labelName: states.label,
        ...(valueFrom && { valueFrom }),
        list: states.values,
        ...(extraLabels.length > 0 && {
          labelsFromPath: Object.fromEntries(extraLabels.map((label) => [label, [label]])),
        }),
      },
    };
  }
  return { type: 'Gauge', gauge: { path: GAUGE_PATHS_OF_KIND[kind]?.[name] ?? getOrThrow(GAUGE_PATHS, name) } };
}

function getFamilies(kind: KindName): readonly Family[] {
  const prefix = `${getFamilyPrefix(kind)}_`;
  return RESOURCE_METRICS.filter((metric) => metric.name.startsWith(prefix)).map((metric) => {
    const name = metric.name.slice(prefix.length);
    return { name, help: metric.help, each: toMetricConfig(kind, name, metric) };
  });
}

/** Metrics by kind. The number of series of an object doesn't grow with its history. */
export const KIND_FAMILIES: readonly KindFamilies[] = KIND_NAMES.map((kind) => ({ kind, families: getFamilies(kind) }));
