/** Resources that the Metrics page can filter by: custom resources, and others without a custom resource. */
import type { Metric } from '.';
import { findKind, KIND_NAMES, type KindName } from '../kinds';

/** Targets that aren't custom resources. No kind has one of these names. */
const OTHER_TARGETS = ['Pod', 'Node', 'Task', 'KnowledgeBase'] as const;
export const METRIC_TARGET_KINDS = [...KIND_NAMES, ...OTHER_TARGETS] as const;
export type MetricTargetKind = KindName | (typeof OTHER_TARGETS)[number];

/** Empty fields match everything. */
export interface MetricTarget {
  kind: MetricTargetKind | '';
  namespace: string;
  /** Several names are compared. */
  names: readonly string[];
}

export const ANY_METRIC_TARGET: MetricTarget = { kind: '', namespace: '', names: [] };

export const isAnyMetricTarget = ({ namespace, names }: MetricTarget): boolean =>
  namespace === '' && names.length === 0;

/** Returns the label with the name of a target, or undefined for the knowledge base, whose series have none. */
export function getNameLabel(kind: MetricTarget['kind'], metric?: Metric): string | undefined {
  switch (kind) {
    case 'Pod':
      return 'pod';
    case 'Node':
      return metric?.labels.includes('lease') ? 'lease' : 'node';
    case 'Task':
      return 'task';
    case 'KnowledgeBase':
      return undefined;
    default:
      return 'name';
  }
}

/** Returns whether a metric is about a kind of target. Without a kind, all are. */
export function isMetricOfKind(kind: MetricTarget['kind'], { component, name, labels }: Metric): boolean {
  switch (kind) {
    case '':
      return true;
    case 'Pod':
      return labels.includes('pod');
    case 'Node':
      return component === 'node' || labels.includes('node');
    case 'Task':
      return labels.includes('task');
    case 'KnowledgeBase':
      return component === 'knowledge-base';
    default: {
      const other = /^sedna_([a-z]+)_/.exec(name)?.[1];
      const isOfAnotherKind = other !== kind.toLowerCase() && KIND_NAMES.some((each) => each.toLowerCase() === other);
      return !isOfAnotherKind && getComponents(kind).includes(component);
    }
  }
}

function getComponents(kind: KindName): ReadonlyArray<Metric['component']> {
  const { component } = findKind(kind)!;
  return component === 'job' || component === 'service' ? ['worker', component] : [component];
}
