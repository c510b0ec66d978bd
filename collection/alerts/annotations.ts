/** Labels and annotations that both forms of an alert have. */
import { PLUGIN_ID } from '../../src/sedna/appPaths';
import { fill, IN_CLUSTER, type Alert, type Dialect } from './alert';

/** Labels by which a notification policy or Alertmanager can route all of them. */
export const LABELS: Readonly<Record<string, string>> = { app: 'sedna-ops' };

/**
 * Where Grafana serves the runbooks: the plugin brings them along, so that they are there without the internet,
 * as text that every browser shows.
 */
const runbookPath = (name: string) => `public/plugins/${PLUGIN_ID}/runbooks/${name}.txt`;

/**
 * Annotations of an alert.
 * @param grafana address of Grafana with a slash at its end, or `/` for links that begin with their path
 */
export const annotationsOf = (alert: Alert, dialect: Dialect, grafana: string): Readonly<Record<string, string>> => ({
  summary: `${fill(alert.summary, dialect)}${IN_CLUSTER}`,
  description: fill(alert.description, dialect),
  runbook_url: `${grafana}${runbookPath(alert.name)}`,
  sedna_ops_url: `${grafana}${fill(alert.link, dialect).slice(1)}`,
});
