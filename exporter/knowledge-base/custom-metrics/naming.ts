import { CUSTOM_METRIC_PREFIX, findMetric } from '../../../src/sedna/catalog';
import { toMetricNamePart } from '../../http/exposition';

/**
 * Naming of custom metrics: `prefixed` prepends `sedna_custom_` to the user's name, `upstream` keeps the name as
 * Sedna's own dashboard exporter does.
 */
export const CUSTOM_METRIC_NAMINGS = ['prefixed', 'upstream'] as const;
export type CustomMetricNaming = (typeof CUSTOM_METRIC_NAMINGS)[number];

/** Series of this exporter, its process, Prometheus scrapes, and Prometheus alerts. */
const RESERVED_NAME = /^(sedna[_:]|process_|nodejs_|scrape_)|^(up|ALERTS|ALERTS_FOR_STATE)$/;

/** Returns a valid metric name. @param rawName not empty */
export function toCustomMetricName(rawName: string, naming: CustomMetricNaming): string {
  return naming === 'prefixed'
    ? `${CUSTOM_METRIC_PREFIX}${toMetricNamePart(rawName)}`
    : rawName.replace(/[^a-zA-Z0-9_:]/g, '_').replace(/^(?=[0-9])/, '_');
}

/** Returns whether a custom metric with this name would clash with other series. */
export const isReservedName = (name: string): boolean =>
  !name.startsWith(CUSTOM_METRIC_PREFIX) && (RESERVED_NAME.test(name) || findMetric(name) !== undefined);
