/** Readiness of the servers around the simulation. */
import { fetchText } from '../../../tools/engines/wait';
import type { ScrapeTarget } from './history';

/**
 * Whether kube-state-metrics has discovered the kinds of Sedna. It is ready some seconds before that, and the history
 * would start without them. Only its metrics about itself show it, because families without objects are omitted.
 */
export async function hasDiscoveredCustomResources(telemetryUrl: string): Promise<boolean> {
  const page = await fetchText(`${telemetryUrl}/metrics`);
  return /^kube_state_metrics_list_total\{resource="\*unstructured\.Unstructured",result="success"\} [1-9]/m.test(page);
}

/** Whether a Prometheus has scraped all of its targets. */
export async function hasScraped(url: string): Promise<boolean> {
  const { data } = JSON.parse(await fetchText(`${url}/api/v1/targets?state=active`)) as {
    data: { activeTargets: Array<{ health: string }> };
  };
  return data.activeTargets.length > 0 && data.activeTargets.every(({ health }) => health === 'up');
}

/** Creates a scrape target with the `instance` of the live Prometheus, so that series continue. */
export function createScrapeTarget(job: string, url: string): ScrapeTarget {
  return { job, instance: new URL(url).host, url: `${url}/metrics` };
}
