/** Alerts of the rules of diagnosis, as Grafana's provisioning, Prometheus' rules, and the documentation need them. */
import { buildPageUrl, buildResourceTabPath } from '../../src/sedna/appPaths';
import type { Rule, Severity } from '../../src/sedna/diagnosis';
import type { AlertGroupId, AlertSource, RuleFile } from '../../src/sedna/diagnosis/ruleFile';
import { buildCondition, FINDING, getRecordedInterval } from '../prometheus/groups/findings';

/** `critical`: the object does not continue by itself. `warning`: it may, or its data is outdated. */
export type AlertSeverity = 'critical' | 'warning' | 'info';

export interface Alert {
  /** Name, in the form of Prometheus' own alerts; also that of its runbook. */
  name: string;
  rule: Rule['id'];
  severity: AlertSeverity;
  /** How long it must hold: a duration of Prometheus. */
  for: string;
  /** PromQL. Each series is one alert. */
  expr: string;
  /** One sentence in plain words, in which `{label}` is a label of the series. */
  summary: string;
  description: string;
  /** Path in Grafana that the alert leads to, with `{label}` in it. */
  link: string;
  requires: readonly AlertSource[];
  alertOnQueryError?: boolean;
  group: AlertGroupId;
}

export interface AlertGroup {
  name: string;
  /** Time between two evaluations: a duration of Prometheus. */
  interval: string;
  alerts: readonly Alert[];
}

const SEVERITIES: Readonly<Record<Severity, AlertSeverity>> = { error: 'critical', warning: 'warning', info: 'info' };

const formatDuration = (seconds: number) => (seconds % 60 === 0 ? `${seconds / 60}m` : `${seconds}s`);

const buildLink = (link: NonNullable<RuleFile['alert']>['link']) =>
  'page' in link ? buildPageUrl(link.page) : buildResourceTabPath('{kind}', '{namespace}', '{name}', link.tab);

/** The alert of a rule; none for a rule without one. */
export function toAlert({ rule, alert, promql }: RuleFile): Alert[] {
  if (!alert || !promql || rule.alert === undefined) {
    return [];
  }
  const { isDirect, link, ...texts } = alert;
  return [
    {
      ...texts,
      name: rule.alert,
      rule: rule.id,
      severity: SEVERITIES[rule.severity],
      for: formatDuration(rule.holdFor),
      expr: isDirect ? buildCondition(promql()) : `${FINDING}{rule="${rule.id}"}`,
      link: buildLink(link),
    },
  ];
}

/** Rules that look back a week are evaluated less often, and a little less often than they are recorded. */
export const getAlertInterval = (group: AlertGroupId) => (getRecordedInterval(group) === undefined ? '1m' : '5m');

/** How an engine writes a label of a series in a text. */
export interface TemplateSyntax {
  label: (name: string) => string;
}

const PLACEHOLDER = /\{([a-z_]+)\}/g;

/** Names of the labels that a text contains. */
export const labelsIn = (text: string): string[] => [...text.matchAll(PLACEHOLDER)].map(([, label]) => label);

/** Writes a text for an engine. */
export const renderTemplate = (text: string, syntax: TemplateSyntax): string =>
  text.replace(PLACEHOLDER, (_, label: string) => syntax.label(label));

/**
 * Go templates of Grafana and Prometheus. `index` gives an empty text for a label that a series lacks, and not an error.
 * There is no `$labels` in them: Grafana may read `$name` in a provisioning file as a variable of its environment.
 */
export const GO_TEMPLATE: TemplateSyntax = { label: (name) => `{{ index .Labels "${name}" }}` };

/** Ends a summary, where several clusters share one Prometheus. */
export const IN_CLUSTER = '{{ with index .Labels "cluster" }} Cluster: {{ . }}.{{ end }}';
