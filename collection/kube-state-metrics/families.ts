import { findMetric } from '../../src/sedna/catalogue';
import { CONDITION_STATUSES, STAGE_CONDITIONS, type KindName } from '../../src/sedna/kinds';

/** Where a value lies in an object; "-1" is the newest entry of a list. */
type Path = readonly string[];

/** The part of kube-state-metrics' CustomResourceState that is used here. */
export interface Family {
  name: string;
  help: string;
  each: object;
  labelsFromPath?: Readonly<Record<string, Path>>;
}

/** Metrics of one kind of custom resource. */
export interface KindFamilies {
  kind: KindName;
  families: readonly Family[];
}

const NEWEST_CONDITION: Path = ['status', 'conditions', '-1'];

/** kube-state-metrics merges families of equal names from two kinds and loses series, so each kind has a prefix. */
export const familyPrefix = (kind: KindName) => `sedna_${kind.toLowerCase()}`;

/** Help text of the catalogue. Throws for a name that is not in it: nothing is collected that is not documented. */
function help(name: string): string {
  const entry = findMetric(name);
  if (!entry || entry.source !== 'kube-state-metrics') {
    throw new Error(`${name} is not a kube-state-metrics metric of the catalogue in src/sedna`);
  }
  return entry.help;
}

function builder(kind: KindName) {
  const entry = (name: string, each: object, extra: Partial<Family> = {}): Family => ({
    name,
    help: help(`${familyPrefix(kind)}_${name}`),
    each,
    ...extra,
  });
  return {
    info: (labels: Readonly<Record<string, Path>>) => entry('info', { type: 'Info', info: { labelsFromPath: labels } }),
    /** A number, or an RFC 3339 time as Unix seconds. */
    gauge: (name: string, path: Path) => entry(name, { type: 'Gauge', gauge: { path } }),
    /** One series for each of the states, of the newest condition. */
    newestCondition: (
      name: string,
      label: string,
      field: string,
      states: readonly string[],
      labels?: Readonly<Record<string, Path>>
    ) =>
      entry(name, {
        type: 'StateSet',
        stateSet: {
          path: NEWEST_CONDITION,
          labelName: label,
          valueFrom: [field],
          list: states,
          ...(labels && { labelsFromPath: labels }),
        },
      }),
  };
}

const job = builder('LifelongLearningJob');
const dataset = builder('Dataset');
const model = builder('Model');

/** What kube-state-metrics tells, by kind. Series of an object do not grow with its history. */
export const KIND_FAMILIES: readonly KindFamilies[] = [
  {
    kind: 'LifelongLearningJob',
    families: [
      job.info({ dataset: ['spec', 'dataset', 'name'], output_dir: ['spec', 'outputDir'] }),
      job.newestCondition('status', 'status', 'status', CONDITION_STATUSES),
      job.newestCondition('condition', 'condition', 'type', STAGE_CONDITIONS, { stage: ['stage'] }),
      job.gauge('last_transition_timestamp_seconds', [...NEWEST_CONDITION, 'lastTransitionTime']),
      job.gauge('start_timestamp_seconds', ['status', 'startTime']),
      job.gauge('train_probability', ['spec', 'dataset', 'trainProb']),
    ],
  },
  {
    kind: 'Dataset',
    families: [
      dataset.info({ url: ['spec', 'url'], format: ['spec', 'format'], node: ['spec', 'nodeName'] }),
      dataset.gauge('samples', ['status', 'numberOfSamples']),
      dataset.gauge('update_timestamp_seconds', ['status', 'updateTime']),
    ],
  },
  {
    kind: 'Model',
    families: [
      model.info({ url: ['spec', 'url'], format: ['spec', 'format'] }),
      model.gauge('update_timestamp_seconds', ['status', 'updateTime']),
    ],
  },
];
