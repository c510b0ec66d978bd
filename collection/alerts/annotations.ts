/** Labels and annotations of an alert, in both engines. */
import { PLUGIN_ID } from '../../src/sedna/appPaths';
import { renderTemplate, IN_CLUSTER, type Alert, type TemplateSyntax } from './alert';

/** Labels by which a notification policy or Alertmanager can route all alerts. */
export const LABELS: Readonly<Record<string, string>> = { app: 'sedna-ops' };

/**
 * Path at which Grafana serves a runbook. The plugin contains them, so that they work without internet access, as text
 * that every browser shows.
 */
const runbookPath = (name: string) => `public/plugins/${PLUGIN_ID}/runbooks/${name}.txt`;

/**
 * Returns the annotations of an alert.
 * @param grafana address of Grafana that ends in a slash, or `/` for links that start with their path
 */
export const annotationsOf = (
  alert: Alert,
  syntax: TemplateSyntax,
  grafana: string
): Readonly<Record<string, string>> => ({
  summary: `${renderTemplate(alert.summary, syntax)}${IN_CLUSTER}`,
  description: renderTemplate(alert.description, syntax),
  runbook_url: `${grafana}${runbookPath(alert.name)}`,
  sedna_ops_url: `${grafana}${renderTemplate(alert.link, syntax).slice(1)}`,
});
