/** Label lists by which PromQL groups and joins, and two small builders that rules and recording rules share. */

/** What identifies a pod, a job, a dataset, and a node; `cluster` exists only where clusters share one Prometheus. */
export const POD = 'cluster, namespace, pod';
export const JOB = 'cluster, namespace, kind, name';
export const DATASET = 'cluster, namespace, name';
export const NODE = 'cluster, node';

/** Sets a label to a fixed value; neither label nor value may come from outside. */
export const withLabel = (expression: string, label: string, value: string) =>
  `label_replace(${expression}, "${label}", "${value}", "", "")`;

/** Matcher for one of some label values; empty for none. */
export const among = (label: string, values: readonly string[]) =>
  values.length === 0 ? '' : `, ${label}=~"${values.join('|')}"`;
