/** What the recording rules have in common: label lists, and small expressions that several of them use. */

export { JOB, POD, withLabel } from '../../../src/sedna/diagnosis/promql/labels';
import { withLabel } from '../../../src/sedna/diagnosis/promql/labels';

/** How long a number that was only ever logged once is held on to. */
export const HELD = '7d';

export interface Rule {
  record: string;
  expr: string;
  labels?: Readonly<Record<string, string>>;
}

export interface RuleGroup {
  name: string;
  /** Where it is not that of Prometheus' configuration. */
  interval?: string;
  rules: Rule[];
}

export const rule = (record: string, expr: string): Rule => ({ record, expr: expr.trim() });

/** A series that names no kind is about a lifelong learning job. */
export const ofKind = (expression: string) => `label_replace(${expression}, "kind", "LifelongLearningJob", "kind", "")`;

/**
 * One series a node, with `edge` or `cloud` in a label; a node that Kubernetes does not know (any more), and no node,
 * have one without the label, so that nothing is said about them and nothing is lost where series are joined.
 * @param label where the answer goes
 * @param of series whose nodes are asked about
 */
export const nodeLocation = (label: string, of: string) => `(
    ${withLabel('group by (cluster, node) (kube_node_role{role="edge"})', label, 'edge')}
    or on (cluster, node)
    ${withLabel('group by (cluster, node) (kube_node_info)', label, 'cloud')}
    or on (cluster, node)
    group by (cluster, node) (${of})
  )`;
