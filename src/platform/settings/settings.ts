import { LOG_LABEL_CHOICES, type LogLabelChoice } from '../../query/logs/logLabels';

/** Settings of the app for the whole organization; Grafana stores them as the plugin's jsonData. */
export interface Settings {
  /** UID of the Prometheus data source; if absent, Grafana's default or the first one. */
  prometheusUid?: string;
  /** UID of the Loki data source; if absent, Grafana's default or the first one. */
  lokiUid?: string;
  /** Log labels of the log collector; detected if absent. */
  logLabels?: LogLabelChoice;
  /** Gigabytes (10^9 bytes) above which a search of logs needs a confirmation. */
  largeSearchGb?: number;
  /** URL of a Kubernetes API server that Grafana can reach; if absent, there is no connection. */
  kubernetesUrl?: string;
}

/** Names of the tokens in the plugin's secureJsonData, which Grafana never returns. */
export const TOKEN_NAMES = ['kubernetesReadToken', 'kubernetesWriteToken'] as const;
export type TokenName = (typeof TOKEN_NAMES)[number];

/** Default of `largeSearchGb`. */
export const DEFAULT_LARGE_SEARCH_GB = 2;

const parsePositive = (value: unknown) => (typeof value === 'number' && value > 0 ? value : undefined);

const parseLogLabelChoice = (value: unknown) =>
  Object.keys(LOG_LABEL_CHOICES).find((choice): choice is LogLabelChoice => choice === value);

const parseText = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

/** Accepts any jsonData, such as that of an older version or of provisioning. Ignores values that aren't valid. */
export function parseSettings(jsonData: unknown): Settings {
  const data = (typeof jsonData === 'object' && jsonData !== null ? jsonData : {}) as Record<string, unknown>;
  return {
    prometheusUid: parseText(data.prometheusUid),
    lokiUid: parseText(data.lokiUid),
    logLabels: parseLogLabelChoice(data.logLabels),
    largeSearchGb: parsePositive(data.largeSearchGb) ?? parsePositive(data.logsAskAboveGb),
    kubernetesUrl: parseText(data.kubernetesUrl),
  };
}
