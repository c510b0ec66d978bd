/** The alerts as alerting rules of Prometheus. */
import path from 'node:path';
import { toYamlFile, type GeneratedFile } from '../../tools/generators/generatedFiles';
import { ALERT_GROUPS } from '.';
import { annotationsOf, LABELS } from './annotations';
import { GO_TEMPLATE, type Alert, type AlertGroup } from './alert';

interface AlertingRule {
  alert: string;
  expr: string;
  for: string;
  keep_firing_for: string;
  labels: Readonly<Record<string, string>>;
  annotations: Readonly<Record<string, string>>;
}

const ruleOf = (alert: Alert): AlertingRule => ({
  alert: alert.name,
  expr: alert.expr,
  for: alert.for,
  keep_firing_for: alert.keepFiringFor,
  labels: { severity: alert.severity, ...LABELS },
  // Prometheus doesn't know the address of Grafana, so links start with its path.
  annotations: annotationsOf(alert, GO_TEMPLATE, '/'),
});

/** Groups of a rule file. Their names differ from those of the recording rules, which are loaded beside them. */
export const prometheusGroups = (groups: readonly AlertGroup[] = ALERT_GROUPS) =>
  groups.map(({ name, interval, alerts }) => ({ name: `${name}-alerts`, interval, rules: alerts.map(ruleOf) }));

export const PROMETHEUS_ALERTS = path.join(__dirname, '..', 'prometheus', 'alerts', 'sedna-alerts.yaml');

export const PROMETHEUS_FILE: GeneratedFile = toYamlFile(PROMETHEUS_ALERTS, 'collection/alerts/generate.ts', {
  groups: prometheusGroups(),
});
