/**
 * The metric catalogue: the one definition of every number that Sedna Ops knows.
 * Collection, exporter, rules, dashboards, the metric browser and the reference read it from here.
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

/** Every metric of ours, in the order in which people look for them. */
export const METRICS: readonly Metric[] = [
  ...RESOURCE_METRICS,
  ...JOB_METRICS,
  ...RULE_METRICS,
  ...LOG_METRICS,
  ...KNOWLEDGE_BASE_METRICS,
  ...EXPORTER_METRICS,
];

/** Prefix of the series that the exporter makes from the knowledge base's custom tables. */
export const CUSTOM_METRIC_PREFIX = 'sedna_custom_';

const BY_NAME = new Map([...METRICS, ...SYSTEM_METRICS].map((entry) => [entry.name, entry]));

/** Looks a metric up by its exact name; undefined where the catalogue does not have it. */
export function findMetric(name: string): Metric | undefined {
  return BY_NAME.get(name);
}

/**
 * Labels that tell what a series is about, in addition to the metric's own. `cluster` may come with any of them where
 * several clusters share one Prometheus.
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
