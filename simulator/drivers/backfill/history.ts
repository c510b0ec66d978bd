import { applyEffects, type ApiDriver, type Drivers } from '..';
import { getStoredBytes } from './logRules';
import { getScrapeRules } from './scrapeRules';
import { OpenMetricsFile, parseScrape, type ScrapedSample, type ScrapeRules } from './openMetrics';
import { formatMicroTime } from '../../engine/clock';
import type { World } from '../../engine/world';

/** Scrape target with the labels that the live Prometheus adds. */
export interface ScrapeTarget {
  job: string;
  instance: string;
  /** URL of the metrics page. */
  url: string;
}

type ScrapedTarget = ScrapeTarget & { rules: ScrapeRules };

export interface HistoryOptions {
  world: World;
  /** Call `prepare` of the API driver first. */
  drivers: Drivers & { api: ApiDriver };
  from: Date;
  to: Date;
  stepSeconds?: number;
  /** The first target must be kube-state-metrics, which shows whether a step has arrived. */
  targets: readonly ScrapeTarget[];
  /** Nodes whose log lines aren't collected. */
  nodesWithoutCollector?: readonly string[];
  /**
   * Whether series have the uids and creation times of the written objects. By default, they have those of the API server,
   * so that live series continue them.
   */
  keepsIdentity?: boolean;
  /** Path of the OpenMetrics file. */
  outputFile: string;
  /** Called after each step. */
  onStep?: (step: number, steps: number) => void;
}

export interface HistoryStats {
  steps: number;
  effects: number;
  logLines: number;
  /** Bytes of the collected lines that Loki stores, without line breaks. */
  logBytes: number;
  samples: number;
  series: number;
  seconds: number;
}

/** Lease that marks the current step. Its namespace differs from that of node leases. */
export const MARKER = { name: 'sedna-ops-demo-clock', namespace: 'default' };

const OTHER_LEASES = new RegExp(`lease="${MARKER.name}"|namespace="kube-system"`);

const STEP_TIMEOUT_MS = 20_000;
const MAX_SETTLE_SCRAPES = 6;

/**
 * Runs the simulation over a past range as fast as the real API server and the exporters can follow, and scrapes them at
 * each step. The history therefore has the same names and labels as live series.
 * @throws if a target doesn't respond, or doesn't show a step within 20 s
 */
export async function runHistory(options: HistoryOptions): Promise<HistoryStats> {
  const {
    world,
    drivers,
    from,
    to,
    stepSeconds = 30,
    targets: scrapeTargets,
    nodesWithoutCollector = [],
    keepsIdentity = false,
    outputFile,
    onStep,
  } = options;
  const startMs = performance.now();
  const file = new OpenMetricsFile();
  const creationTimes = new Map<string, number>();
  const targets = scrapeTargets.map((target) => ({
    ...target,
    rules: { ...getScrapeRules(target.job), creationTimes },
  }));
  const restoreUids = (page: string) => (keepsIdentity ? drivers.api.restoreUids(page) : page);
  const steps = Math.floor((to.getTime() - from.getTime()) / (stepSeconds * 1000));
  let effectCount = 0;
  let logLines = 0;
  let logBytes = 0;
  for (let step = 0; step <= steps; step++) {
    const time = new Date(from.getTime() + step * stepSeconds * 1000);
    const effects = world.advanceTo(time);
    effectCount += effects.length;
    for (const effect of effects) {
      if (keepsIdentity && effect.type === 'apply' && effect.object.metadata.creationTimestamp) {
        const { uid = '', creationTimestamp } = effect.object.metadata;
        creationTimes.set(uid, Date.parse(creationTimestamp) / 1000);
      }
      if (effect.type === 'log') {
        logLines++;
        logBytes += nodesWithoutCollector.includes(effect.node) ? 0 : getStoredBytes(effect.line);
      }
    }
    await applyEffects(drivers, effects);
    await setMarker(drivers.api, time);
    file.addStep(time.getTime() / 1000, await scrapeWhenSettled(targets, time, file, restoreUids));
    onStep?.(step, steps);
  }
  await file.write(outputFile);
  const seconds = (performance.now() - startMs) / 1000;
  const { samples, series } = file;
  return { steps: steps + 1, effects: effectCount, logLines, logBytes, samples, series, seconds };
}

async function setMarker(api: ApiDriver, time: Date): Promise<void> {
  const spec = { holderIdentity: MARKER.name, renewTime: formatMicroTime(time.getTime()) };
  const object = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { ...MARKER }, spec };
  await api.apply([{ type: 'apply', at: time.getTime(), object }]);
}

/**
 * Scrapes until the marker has arrived and nothing changes anymore. Each kind has its own watch, so the other kinds may
 * arrive after the marker.
 */
async function scrapeWhenSettled(
  targets: readonly ScrapedTarget[],
  time: Date,
  file: OpenMetricsFile,
  restoreUids: (page: string) => string
): Promise<ScrapedSample[]> {
  const deadline = Date.now() + STEP_TIMEOUT_MS;
  const seconds = time.getTime() / 1000;
  let before = '';
  for (let settled = 0; ;) {
    const pages = await Promise.all(targets.map(fetchPage));
    if (parseMarkerTime(pages[0]) === seconds) {
      settled++;
      const now = pages.map(excludeSelfMetrics).join('\n');
      if (now === before || settled >= MAX_SETTLE_SCRAPES) {
        return targets.flatMap((target, i) => selectSamples(target, restoreUids(pages[i]), file));
      }
      before = now;
    }
    if (Date.now() > deadline) {
      throw new Error(
        `${targets[0].url} doesn't show the lease ${MARKER.name} of ${time.toISOString()}. Check that it is a kube-state-metrics that watches leases.`
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function fetchPage({ url }: ScrapedTarget): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) {
    throw new Error(`${url} responded with ${response.status} ${response.statusText}`);
  }
  return response.text();
}

/** Parses the renew time of the marker, in seconds, from a page of kube-state-metrics. @returns undefined if it's missing */
function parseMarkerTime(page: string): number | undefined {
  const at = page.indexOf(`kube_lease_renew_time{lease="${MARKER.name}"`);
  if (at < 0) {
    return undefined;
  }
  const end = page.indexOf('\n', at);
  const line = page.slice(at, end < 0 ? undefined : end);
  return Number(line.slice(line.lastIndexOf(' ') + 1));
}

function excludeSelfMetrics(page: string): string {
  return page
    .split('\n')
    .filter((line) => line.startsWith('kube_') || (line.startsWith('sedna_') && !line.startsWith('sedna_exporter_')))
    .join('\n');
}

function selectSamples(target: ScrapedTarget, page: string, file: OpenMetricsFile): ScrapedSample[] {
  const labels = { instance: target.instance, job: target.job };
  const { samples, types } = parseScrape(page, labels, target.rules);
  file.addTypes(types);
  const up = `up{${Object.entries(labels)
    .map(([name, value]) => `${name}="${value}"`)
    .join(',')}}`;
  // The marker isn't part of the history, and the API server renews its own lease in real time.
  const shown = samples.filter(
    ({ family, series }) => !(family.startsWith('kube_lease_') && OTHER_LEASES.test(series))
  );
  return [...shown, { family: 'up', series: up, value: '1' }];
}
