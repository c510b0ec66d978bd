/** The alerts as rules that Grafana evaluates, in the format of its provisioning files. */
import path from 'node:path';
import { toYamlFile, type GeneratedFile } from '../../tools/generators/generatedFiles';
import { ALERT_GROUPS } from '.';
import { annotationsOf, LABELS } from './annotations';
import { GO_TEMPLATE, type Alert } from './alert';

/** As in provisioning/datasources. */
export const DATA_SOURCE_UID = 'sedna-prometheus';

const FOLDER = 'Sedna Ops';

/** Ids of the query, and of the expression that compares its values. */
const QUERY = 'A';
const CONDITION = 'B';

/** `SednaJobFailed` is `sedna-job-failed`. */
const uidOf = (name: string) => name.replace(/(?!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();

/**
 * Escapes `$`, which Grafana may read as the start of a variable of its environment. In PromQL it occurs only in string
 * literals.
 */
const withoutDollars = (expr: string) => expr.replaceAll('$', '\\u0024');

const ruleOf = (alert: Alert) => ({
  uid: uidOf(alert.name),
  title: alert.name,
  condition: CONDITION,
  data: [
    {
      refId: QUERY,
      relativeTimeRange: { from: 600, to: 0 },
      datasourceUid: DATA_SOURCE_UID,
      model: { refId: QUERY, editorMode: 'code', expr: withoutDollars(alert.expr), instant: true, range: false },
    },
    {
      refId: CONDITION,
      relativeTimeRange: { from: 0, to: 0 },
      datasourceUid: '__expr__',
      model: {
        refId: CONDITION,
        type: 'threshold',
        expression: QUERY,
        conditions: [{ evaluator: { type: 'gt', params: [0] } }],
      },
    },
  ],
  // A healthy cluster has no findings.
  noDataState: 'OK',
  // Only one alert fires for an unreachable Prometheus, not all of them.
  execErrState: alert.alertOnQueryError ? 'Error' : 'KeepLast',
  for: alert.for,
  keepFiringFor: alert.keepFiringFor,
  labels: { severity: alert.severity, ...LABELS },
  annotations: annotationsOf(alert, GO_TEMPLATE, '{{ externalURL }}'),
});

export const grafanaProvisioning = () => ({
  apiVersion: 1,
  groups: ALERT_GROUPS.map(({ name, interval, alerts }) => ({
    orgId: 1,
    name,
    folder: FOLDER,
    interval,
    rules: alerts.map(ruleOf),
  })),
});

export const GRAFANA_FILE: GeneratedFile = toYamlFile(
  path.join(__dirname, '..', '..', 'provisioning', 'alerting', 'sedna.yaml'),
  'collection/alerts/generate.ts',
  grafanaProvisioning()
);
