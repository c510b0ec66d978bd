/**
 * The metric catalog: the single definition of every metric. The collection, exporter, rules, dashboards, Metrics page, and
 * metric reference use it.
 */
import { EXPORTER_METRICS } from './exporterMetrics';
import { JOB_METRICS } from './jobMetrics';
import { KNOWLEDGE_BASE_METRICS } from './knowledgeBaseMetrics';
import { LOG_METRICS } from './logMetrics';
import { RESOURCE_METRICS } from './resourceMetrics';
import { RULE_METRICS } from './recordedMetrics';
import { SYSTEM_METRICS } from './systemMetrics';
import type { Metric } from './types';

export { SYSTEM_METRICS } from './systemMetrics';

export type { Component, Metric, MetricSource, MetricType, MetricUnit } from './types';

/** All metrics of Sedna Ops, in the order of the Metrics page. */
export const METRICS: readonly Metric[] = [
  ...RESOURCE_METRICS,
  ...JOB_METRICS,
  ...RULE_METRICS,
  ...LOG_METRICS,
  ...KNOWLEDGE_BASE_METRICS,
  ...EXPORTER_METRICS,
];

/** Prefix of metrics from the custom tables of the knowledge base. */
export const CUSTOM_METRIC_PREFIX = 'sedna_custom_';

const BY_NAME = new Map([...METRICS, ...SYSTEM_METRICS].map((entry) => [entry.name, entry]));

/** Finds a metric by its exact name, or undefined if it isn't in the catalog. */
export function findMetric(name: string): Metric | undefined {
  return BY_NAME.get(name);
}

/**
 * Returns the labels that identify the object of a series, besides the metric's own labels and `cluster`, which any series
 * may have.
 */
export function getIdentityLabels(metric: Metric): readonly string[] {
  const { component, source } = metric;
  if (
    SYSTEM_METRICS.includes(metric) ||
    component === 'exporter' ||
    component === 'knowledge-base' ||
    component === 'node'
  ) {
    return [];
  }
  return component === 'worker' && source === 'loki-rule' ? ['namespace'] : ['namespace', 'name', 'kind'];
}
