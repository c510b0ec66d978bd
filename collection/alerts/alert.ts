/** Alerts of the rules of diagnosis, as Grafana's provisioning, Prometheus' rules, and the documentation need them. */
import { buildPageUrl, buildResourceTabPath } from '../../src/sedna/appPaths';
import type { Rule, Severity } from '../../src/sedna/diagnosis';
import { family } from '../../src/sedna/diagnosis/promql/jobs';
import { JOB, NODE } from '../../src/sedna/diagnosis/promql/labels';
import type { AlertGroupId, AlertSource, RuleFile } from '../../src/sedna/diagnosis/ruleFile';
import { buildCondition, FINDING } from '../prometheus/groups/findings';

/** `critical`: the object does not continue by itself. `warning`: it may, or its data is outdated. */
export type AlertSeverity = 'critical' | 'warning' | 'info';

export interface Alert {
  /** Name, in the form of Prometheus' own alerts; also that of its runbook. */
  name: string;
  rule: Rule['id'];
  severity: AlertSeverity;
  /** How long it must hold: a duration of Prometheus. */
  for: string;
  /** How long it stays after its condition ended, so that a missed scrape doesn't end it. */
  keepFiringFor: string;
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

/** Seconds since the newest sample after which an object counts as gone: two scrapes a minute apart. */
const GONE_AFTER_SECONDS = 120;

const selectPresent = (series: string) => `(${series} and present_over_time(${series}[${GONE_AFTER_SECONDS}s]))`;

/** What exists now of what an alert is about: without it a finding, which may be recorded rarely, ends too. */
function buildExistence({ rule }: RuleFile, labels: readonly string[]): string {
  if (['namespace', 'kind', 'name'].every((label) => labels.includes(label))) {
    return `on (${JOB}) ${selectPresent(family(rule.kinds, 'info'))}`;
  }
  return labels.includes('node') ? `on (${NODE}) ${selectPresent('kube_node_info')}` : '';
}

/** The condition of an alert that reads what is recorded, while the object that it names exists. */
function buildExpression(file: RuleFile, labels: readonly string[]): string {
  const existence = buildExistence(file, labels);
  return `${FINDING}{rule="${file.rule.id}"}${existence && `\nand ${existence}`}`;
}

/** The alert of a rule; none for a rule without one. */
export function toAlert(file: RuleFile): Alert[] {
  const { rule, alert, promql } = file;
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
      keepFiringFor: '1m',
      expr: isDirect ? buildCondition(promql()) : buildExpression(file, promql().labels),
      link: buildLink(link),
    },
  ];
}

/** Every alert reads recorded series, which is cheap, so that it ends soon after its object. */
export const ALERT_INTERVAL = '1m';

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
