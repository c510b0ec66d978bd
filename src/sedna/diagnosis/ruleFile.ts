/** What the file of a rule exports beside the rule: what Prometheus, Grafana, the runbooks, and the simulator need. */
import type { PageId, ResourceTab } from '../appPaths';
import type { Rule } from './rule';
import type { RuleId } from './rules/ids';

/** Where the series of an alert come from. */
export type AlertSource = 'kube-state-metrics' | 'exporter' | 'logs';

/** Alerts that are evaluated together; collection/alerts has the interval of each group. */
export type AlertGroupId = 'jobs' | 'stuck' | 'slow' | 'inference' | 'knowledge-base' | 'nodes' | 'collection';

export interface RuleAlert {
  group: AlertGroupId;
  /** One sentence in plain words. `{label}` is a label of the series. */
  summary: string;
  /** What it means and what comes next, in the same form. */
  description: string;
  /** Where in the app the alert leads: a tab of the object, or a page. */
  link: { tab: ResourceTab } | { page: PageId };
  /** Without these sources the alert is silent. */
  requires: readonly AlertSource[];
  /** Whether an error of the query, such as an unreachable Prometheus, fires the alert. */
  alertOnQueryError?: boolean;
  /**
   * Whether the alert evaluates the condition itself instead of reading `sedna:finding`. For alerts about the collection,
   * which must not depend on recorded series.
   */
  isDirect?: boolean;
}

/** The condition of a rule in PromQL: the same thresholds as `detect`, without patience. */
export interface PromqlCondition {
  /** Labels that identify what is found, beside `cluster`; those that no alert text needs are left out. */
  labels: readonly string[];
  /** Has one or more series for each thing that is found. */
  expr: string;
}

/** Scenarios of the simulator by id; simulator/scenarios has them. */
export interface RuleScenarios {
  /** Scenarios in which the rule finds something. */
  shows: readonly string[];
  /** Scenarios that come close and in which it finds nothing. */
  nearMisses: readonly string[];
}

export interface RuleFile {
  rule: Rule;
  scenarios: RuleScenarios;
  /** Why the condition in PromQL may differ from `detect` for a moment; undefined where it never does. */
  promqlDiffers?: string;
  promql?: () => PromqlCondition;
  alert?: RuleAlert;
  /** Markdown with the headings Meaning, Impact, Diagnosis, and Mitigation. */
  runbook?: string;
  /** Of a rule without an alert: the reason, and the rule whose runbook helps where it has none itself. */
  noAlert?: { reason: string; runbookOf?: RuleId };
}
