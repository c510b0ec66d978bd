import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import type { ScrapeRules } from './openMetrics';
import { COLLECTION_FOLDER } from '../../../tools/projectRoot';

const CONFIGURATION = path.join(COLLECTION_FOLDER, 'prometheus', 'prometheus.yml');

interface ScrapeConfig {
  job_name: string;
  honor_labels?: boolean;
  metric_relabel_configs?: Array<{ action: string; regex: string }>;
}

/**
 * Returns how the committed Prometheus configuration changes the labels of a job's series.
 * @throws if the job is missing or uses an unsupported relabel action
 */
export function getScrapeRules(job: string): ScrapeRules {
  const { scrape_configs: configs } = parse(readFileSync(CONFIGURATION, 'utf8')) as { scrape_configs: ScrapeConfig[] };
  const config = configs.find(({ job_name: name }) => name === job);
  if (!config) {
    throw new Error(`${CONFIGURATION} has no scrape job ${job}`);
  }
  const relabel = config.metric_relabel_configs ?? [];
  const unsupported = relabel.find(({ action }) => action !== 'labeldrop');
  if (unsupported) {
    throw new Error(
      `The backfill doesn't support the relabel action "${unsupported.action}" of the job ${job} in ${CONFIGURATION}`
    );
  }
  return {
    honorLabels: config.honor_labels ?? false,
    dropLabels: relabel.length > 0 ? new RegExp(`^(?:${relabel.map(({ regex }) => regex).join('|')})$`) : undefined,
  };
}
