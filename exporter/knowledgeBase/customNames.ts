import { CUSTOM_METRIC_PREFIX, findMetric } from '../../src/sedna/catalog';
import { toNamePart } from '../exposition';

/**
 * How custom metrics are named: `prefixed` puts `sedna_custom_` before the name that the user gave, `upstream` keeps
 * it as Sedna's own dashboard exporter does.
 */
export const CUSTOM_METRIC_NAMES = ['prefixed', 'upstream'] as const;
export type CustomMetricNames = (typeof CUSTOM_METRIC_NAMES)[number];

/**
 * Series of this exporter and its process, and those that Prometheus itself adds to every scrape or makes of alerts.
 */
const RESERVED = /^(sedna[_:]|process_|nodejs_|scrape_)|^(up|ALERTS|ALERTS_FOR_STATE)$/;

/**
 * The name of a custom metric's family, valid for Prometheus.
 * @param rawName not empty
 */
export function customMetricName(rawName: string, names: CustomMetricNames): string {
  return names === 'prefixed'
    ? `${CUSTOM_METRIC_PREFIX}${toNamePart(rawName)}`
    : rawName.replace(/[^a-zA-Z0-9_:]/g, '_').replace(/^(?=[0-9])/, '_');
}

/** Whether a custom metric of that name would mix with series that others make. */
export const isReserved = (name: string): boolean =>
  !name.startsWith(CUSTOM_METRIC_PREFIX) && (RESERVED.test(name) || findMetric(name) !== undefined);
