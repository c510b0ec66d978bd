/** Label lists and small expressions shared by the recording rules. */

export { JOB, POD, withLabel } from '../../../src/sedna/diagnosis/promql/labels';
import { withLabel } from '../../../src/sedna/diagnosis/promql/labels';

/** How far back a value that was logged only once is looked up. */
export const LOG_VALUE_LOOKBACK = '7d';

export interface Rule {
  record: string;
  expr: string;
  labels?: Readonly<Record<string, string>>;
}

export interface RuleGroup {
  name: string;
  /** Overrides the evaluation interval in Prometheus' configuration. */
  interval?: string;
  rules: Rule[];
}

export const rule = (record: string, expr: string): Rule => ({ record, expr: expr.trim() });

/** Sets the kind of series without one to LifelongLearningJob. */
export const withDefaultKind = (expression: string) =>
  `label_replace(${expression}, "kind", "LifelongLearningJob", "kind", "")`;

/**
 * Returns one series per node, with `edge` or `cloud` in a label. Unknown nodes and a missing node label yield a series
 * without the label, so that joins don't lose any series.
 * @param label name of the label to set
 * @param series series with the nodes in question
 */
export const nodeLocation = (label: string, series: string) => `(
    ${withLabel('group by (cluster, node) (kube_node_role{role="edge"})', label, 'edge')}
    or on (cluster, node)
    ${withLabel('group by (cluster, node) (kube_node_info)', label, 'cloud')}
    or on (cluster, node)
    group by (cluster, node) (${series})
  )`;
