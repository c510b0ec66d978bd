/** What an alert is. Grafana's provisioning, Prometheus' rules and the documentation are made from this. */
import type { RuleId } from '../../src/sedna/diagnosis';

/** `critical`: nothing goes on by itself. `warning`: it may, or what is seen may be old. `info`: good to know. */
export type AlertSeverity = 'critical' | 'warning' | 'info';

export interface Alert {
  /** Name, in the form that Prometheus' own alerts have; also that of the runbook. */
  name: string;
  /** Rule of the app's diagnosis that finds the same; it gives the severity. */
  rule?: RuleId;
  severity: AlertSeverity;
  /** How long it must hold: a duration of Prometheus. */
  for: string;
  /**
   * PromQL. Every series is one alert, its value is above zero (Grafana compares, Prometheus does not), and it has no
   * labels but those that name what the alert is about.
   */
  expr: string;
  /**
   * One sentence in plain words. `{label}` is a label of the series; `{value:count}`, `{value:duration}` and
   * `{value:percent}` (of a ratio) are its value.
   */
  summary: string;
  /** What it means and what comes next, in the same form. */
  description: string;
  /** Where in the app to look: path, with `{label}` in it. */
  link: string;
  /** What must be collected. Without it the alert is silent. */
  needs: readonly Source[];
  /** Whether an error of the query, as of a Prometheus that is away, is worth a message by itself. */
  tellsOfErrors?: boolean;
}

/** Where the series of an alert come from. */
export type Source = 'kube-state-metrics' | 'exporter' | 'logs';

export interface AlertGroup {
  name: string;
  /** Time between two evaluations: a duration of Prometheus. */
  interval: string;
  alerts: readonly Alert[];
}

/** How a value is shown. */
export type ValueFormat = 'count' | 'duration' | 'percent';

/** How one engine writes what a text takes from a series. */
export interface Dialect {
  label: (name: string) => string;
  value: (format: ValueFormat) => string;
}

const PLACE = /\{(?:value:(count|duration|percent)|([a-z_]+))\}/g;

/** Names of the labels that a text takes. */
export const labelsIn = (text: string): string[] =>
  [...text.matchAll(PLACE)].flatMap(([, , label]) => (label === undefined ? [] : [label]));

/** Writes a text for an engine. */
export const fill = (text: string, dialect: Dialect): string =>
  text.replace(PLACE, (_, format: ValueFormat | undefined, label: string) =>
    format ? dialect.value(format) : dialect.label(label)
  );

/** Go template functions of either engine; the value of a count is a whole number. */
const FORMATTERS: Readonly<Record<ValueFormat, string>> = {
  count: 'printf "%.0f"',
  duration: 'humanizeDuration',
  percent: 'humanizePercentage',
};

/**
 * A dialect of Go templates. `index` gives an empty text for a label that a series lacks, and not an error. There is no
 * `$labels` in them: Grafana may read `$name` in a provisioning file as a variable of its environment.
 * @param holder what has the value of a series as its `Value`: Grafana fills texts also where there is no series
 */
export const goTemplate = (holder: string): Dialect => ({
  label: (name) => `{{ index .Labels "${name}" }}`,
  value: (format) => `{{ with ${holder} }}{{ .Value | ${FORMATTERS[format]} }}{{ end }}`,
});

/** Ends a summary, where several clusters share one Prometheus. */
export const IN_CLUSTER = '{{ with index .Labels "cluster" }} Cluster: {{ . }}.{{ end }}';
