import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import type { ScrapeRules } from './openMetrics';
import { COLLECTION_FOLDER } from '../../../tools/projectRoot';

const CONFIGURATION = path.join(COLLECTION_FOLDER, 'prometheus', 'prometheus.yml');

interface ScrapeConfig {
  job_name: string;
  honor_labels?: boolean;
  metric_relabel_configs?: Array<{ action: string; regex: string; source_labels?: string[] }>;
}

/**
 * Returns which metrics of a job the committed Prometheus configuration keeps, and how it changes their labels.
 * @throws if the job is missing or uses an unsupported relabel action
 */
export function getScrapeRules(job: string): ScrapeRules {
  const { scrape_configs: configs } = parse(readFileSync(CONFIGURATION, 'utf8')) as { scrape_configs: ScrapeConfig[] };
  const config = configs.find(({ job_name: name }) => name === job);
  if (!config) {
    throw new Error(`${CONFIGURATION} has no scrape job ${job}`);
  }
  const relabel = config.metric_relabel_configs ?? [];
  const keep = relabel.find(({ action, source_labels: labels }) => action === 'keep' && labels?.join() === '__name__');
  const drop = relabel.filter(({ action }) => action === 'labeldrop');
  const unsupported = relabel.find((rule) => rule !== keep && !drop.includes(rule));
  if (unsupported) {
    throw new Error(
      `The backfill doesn't support the relabel action "${unsupported.action}" of the job ${job} in ${CONFIGURATION}`
    );
  }
  return {
    honorLabels: config.honor_labels ?? false,
    keepMetrics: keep && new RegExp(`^(?:${keep.regex})$`),
    dropLabels: drop.length > 0 ? new RegExp(`^(?:${drop.map(({ regex }) => regex).join('|')})$`) : undefined,
  };
}
