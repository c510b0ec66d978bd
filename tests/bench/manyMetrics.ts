/** Writes many metrics and one with sparse samples directly to Prometheus blocks. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { findBinary } from '../../tools/engines';

export const METRIC_COUNT = 5000;
/** A metric with one sample every 20 minutes for 30 days, like a job that records each evaluation. */
export const SPARSE_METRIC = { metric: 'sedna_custom_seldom', samples: 30 * 24 * 3, seconds: 20 * 60 };

/** Returns the name of one of the {@link METRIC_COUNT} metrics. */
export const formatMetricName = (index: number): string => `other_metric_${String(index).padStart(4, '0')}`;

/**
 * Writes the blocks. A running Prometheus loads them within a minute.
 * @param dir folder for temporary files
 * @param dataDir data folder of Prometheus
 * @param now current time in seconds since the epoch; the newest samples are ten minutes older
 */
export function writeManyMetrics(dir: string, dataDir: string, now: number): void {
  mkdirSync(dir, { recursive: true });
  const file = path.join(dir, 'many-metrics.txt');
  const newest = Math.floor(now) - 600;
  const lines = ['# TYPE sedna_custom_seldom gauge'];
  for (let index = 0; index < SPARSE_METRIC.samples; index++) {
    const time = newest - (SPARSE_METRIC.samples - 1 - index) * SPARSE_METRIC.seconds;
    lines.push(`sedna_custom_seldom{namespace="default",name="seldom"} ${index + 1} ${time}`);
  }
  for (let index = 0; index < METRIC_COUNT; index++) {
    const name = formatMetricName(index);
    lines.push(`# TYPE ${name} gauge`, `${name}{namespace="default",name="many"} ${index} ${newest}`);
  }
  writeFileSync(file, `${lines.join('\n')}\n# EOF\n`);
  const blocks = ['tsdb', 'create-blocks-from', 'openmetrics', '--quiet', '--max-block-duration=768h'];
  execFileSync(findBinary('promtool'), [...blocks, file, dataDir], { stdio: 'pipe' });
}
