import { getFamilyPrefix, RESOURCE_METRICS } from '../../src/sedna/catalog/resourceMetrics';
import { KIND_NAMES, type KindName } from '../../src/sedna/kinds';
import type { Metric } from '../../src/sedna/catalog';

/** Where a value lies in an object; "-1" is the newest entry of a list. */
type Path = readonly string[];

/** The part of kube-state-metrics' CustomResourceState that is used here. */
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

/** Where the labels of info series lie. */
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

/** Where numbers lie, and RFC 3339 times, which become Unix seconds. */
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

/** Where a kind differs: its CRD calls the time at which a condition was written by another name. */
const GAUGE_PATHS_OF_KIND: Readonly<Partial<Record<KindName, Readonly<Record<string, Path>>>>> = {
  FederatedLearningJob: { last_transition_timestamp_seconds: [...NEWEST_CONDITION, 'lastHeartbeatTime'] },
};

/** Where states lie. */
const STATE_PATHS: Readonly<Record<string, { path: Path; valueFrom?: Path }>> = {
  condition: { path: NEWEST_CONDITION, valueFrom: ['type'] },
  phase: { path: ['status', 'phase'] },
  status: { path: NEWEST_CONDITION, valueFrom: ['status'] },
};

function found<T>(from: Readonly<Record<string, T>>, name: string): T {
  if (!Object.hasOwn(from, name)) {
    throw new Error(`families.ts does not say where ${name} of the metric catalogue lies in an object`);
  }
  return from[name];
}

/** What kube-state-metrics has to do for a metric of the catalogue; `name` is without its prefix. */
function each(kind: KindName, name: string, { type, labels, states }: Metric): object {
  if (type === 'info') {
    const paths = labels.map((label) => [label, found(INFO_PATHS, label)]);
    // An info without a label of its own would give no series: the name, which every series has anyway, is always
    // there.
    return { type: 'Info', info: { labelsFromPath: Object.fromEntries([['name', ['metadata', 'name']], ...paths]) } };
  }
  if (states) {
    const { path, valueFrom } = found(STATE_PATHS, name);
    const beside = labels.filter((label) => label !== states.label);
    return {
      type: 'StateSet',
      stateSet: {
        path,
        labelName: states.label,
        ...(valueFrom && { valueFrom }),
        list: states.values,
        ...(beside.length > 0 && { labelsFromPath: Object.fromEntries(beside.map((label) => [label, [label]])) }),
      },
    };
  }
  return { type: 'Gauge', gauge: { path: GAUGE_PATHS_OF_KIND[kind]?.[name] ?? found(GAUGE_PATHS, name) } };
}

function familiesOf(kind: KindName): readonly Family[] {
  const prefix = `${getFamilyPrefix(kind)}_`;
  return RESOURCE_METRICS.filter((metric) => metric.name.startsWith(prefix)).map((metric) => {
    const name = metric.name.slice(prefix.length);
    return { name, help: metric.help, each: each(kind, name, metric) };
  });
}

/** What kube-state-metrics tells, by kind. Series of an object do not grow with its history. */
export const KIND_FAMILIES: readonly KindFamilies[] = KIND_NAMES.map((kind) => ({ kind, families: familiesOf(kind) }));
