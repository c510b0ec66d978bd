/** Whether the engines around the simulation have come to see it. */
import { fetchText } from '../../../tools/engines/wait';
import type { ScrapeTarget } from './history';

/**
 * kube-state-metrics serves some seconds before it has found Sedna's kinds, and shows no family without an object:
 * only its own metrics say that it reads them. Without this wait the history would begin without them.
 */
export async function hasDiscoveredCustomResources(telemetryUrl: string): Promise<boolean> {
  const page = await fetchText(`${telemetryUrl}/metrics`);
  return /^kube_state_metrics_list_total\{resource="\*unstructured\.Unstructured",result="success"\} [1-9]/m.test(page);
}

/** Whether a Prometheus has scraped each of its targets once. */
export async function hasScraped(url: string): Promise<boolean> {
  const { data } = JSON.parse(await fetchText(`${url}/api/v1/targets?state=active`)) as {
    data: { activeTargets: Array<{ health: string }> };
  };
  return data.activeTargets.length > 0 && data.activeTargets.every(({ health }) => health === 'up');
}

/** A scrape target whose instance is the one that the live Prometheus has, so that its series go on. */
export function createScrapeTarget(job: string, url: string): ScrapeTarget {
  return { job, instance: new URL(url).host, url: `${url}/metrics` };
}
