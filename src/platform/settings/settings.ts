import { LOG_LABEL_CHOICES, type LogLabelChoice } from '../../query/logs/logLabels';

/** What an administrator chose for the whole app; kept by Grafana as the plugin's jsonData. */
export interface Settings {
  /** UID of the Prometheus-type data source; absent means Grafana's default or the first. */
  prometheusUid?: string;
  /** UID of the Loki-type data source. */
  lokiUid?: string;
  /** What the streams of Loki call pods and the like; absent means that the app finds out. */
  logLabels?: LogLabelChoice;
  /** A search of logs that would read more gigabytes than this asks first. */
  largeSearchGb?: number;
  /** Address of a Kubernetes API server that Grafana reaches; absent means there is no connection to it. */
  kubernetesUrl?: string;
}

/** Names of the tokens in the plugin's secure settings, which Grafana never gives back. */
export const TOKEN_NAMES = ['kubernetesReadToken', 'kubernetesWriteToken'] as const;
export type TokenName = (typeof TOKEN_NAMES)[number];

/** Gigabytes (of 10^9 bytes) above which a search of logs asks first, unless the configuration says otherwise. */
export const DEFAULT_LARGE_SEARCH_GB = 2;

const parsePositive = (value: unknown) => (typeof value === 'number' && value > 0 ? value : undefined);

const parseLogLabelChoice = (value: unknown) =>
  Object.keys(LOG_LABEL_CHOICES).find((choice): choice is LogLabelChoice => choice === value);

const parseText = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

/** Reads jsonData, which may come from an older version or from a hand: what does not fit is left out. */
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
