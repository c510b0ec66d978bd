import { applyEffects, type ApiDriver, type Drivers } from '..';
import { getStoredBytes } from './logRules';
import { getScrapeRules } from './scrapeRules';
import { OpenMetricsFile, parseScrape, type ScrapedSample, type ScrapeRules } from './openMetrics';
import { formatMicroTime } from '../../engine/clock';
import type { World } from '../../engine/world';

/** One target, with the labels that the live Prometheus gives it. */
export interface ScrapeTarget {
  job: string;
  instance: string;
  /** Full address of the metrics page. */
  url: string;
}

type ScrapedTarget = ScrapeTarget & { rules: ScrapeRules };

export interface HistoryOptions {
  world: World;
  /** The API driver must be prepared. */
  drivers: Drivers & { api: ApiDriver };
  from: Date;
  to: Date;
  stepSeconds?: number;
  /** The first target must be kube-state-metrics: it shows when a step has arrived. */
  targets: readonly ScrapeTarget[];
  /** Nodes whose log lines nobody collects. */
  nodesWithoutCollector?: readonly string[];
  /** Path of the OpenMetrics file. */
  outputFile: string;
  /** Called after each step, for a progress line. */
  onStep?: (step: number, steps: number) => void;
}

export interface HistoryStats {
  steps: number;
  effects: number;
  logLines: number;
  /** What Loki stores of the text of lines that are collected, without line ends. */
  logBytes: number;
  samples: number;
  series: number;
  seconds: number;
}

/** The lease that marks a step; its namespace keeps it apart from the leases of nodes. */
export const MARKER = { name: 'sedna-ops-demo-clock', namespace: 'default' };

const OTHER_LEASES = new RegExp(`lease="${MARKER.name}"|namespace="kube-system"`);

const STEP_TIMEOUT_MS = 20_000;
const MAX_SETTLE_SCRAPES = 6;

/**
 * Plays the world from one time to another as fast as the real API server and the real exporters follow, and
 * scrapes them at each step: what is written back has the names and labels of what is scraped live.
 * @throws Error when a target does not answer or does not show a step within 20 s
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
    outputFile,
    onStep,
  } = options;
  const startMs = performance.now();
  const file = new OpenMetricsFile();
  const targets = scrapeTargets.map((target) => ({ ...target, rules: getScrapeRules(target.job) }));
  const steps = Math.floor((to.getTime() - from.getTime()) / (stepSeconds * 1000));
  let effectCount = 0;
  let logLines = 0;
  let logBytes = 0;
  for (let step = 0; step <= steps; step++) {
    const time = new Date(from.getTime() + step * stepSeconds * 1000);
    const effects = world.advanceTo(time);
    effectCount += effects.length;
    for (const effect of effects) {
      if (effect.type === 'log') {
        logLines++;
        logBytes += nodesWithoutCollector.includes(effect.node) ? 0 : getStoredBytes(effect.line);
      }
    }
    await applyEffects(drivers, effects);
    await setMarker(drivers.api, time);
    file.addStep(time.getTime() / 1000, await scrapeWhenSettled(targets, time, file));
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
 * Scrapes until the marker is there, then until nothing changes any more: each kind has a watch of its own, so the
 * marker alone does not say that the others have arrived.
 */
async function scrapeWhenSettled(
  targets: readonly ScrapedTarget[],
  time: Date,
  file: OpenMetricsFile
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
        return targets.flatMap((target, i) => selectSamples(target, pages[i], file));
      }
      before = now;
    }
    if (Date.now() > deadline) {
      throw new Error(
        `${targets[0].url} does not show the lease ${MARKER.name} of ${time.toISOString()}; is it a kube-state-metrics that watches leases?`
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function fetchPage({ url }: ScrapedTarget): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) {
    throw new Error(`${url} answers ${response.status} ${response.statusText}`);
  }
  return response.text();
}

/** The marker's renew time in seconds as a page of kube-state-metrics shows it. */
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
  // The marker belongs to the demo, and the API server's own lease in kube-system runs on the real time.
  const shown = samples.filter(
    ({ family, series }) => !(family.startsWith('kube_lease_') && OTHER_LEASES.test(series))
  );
  return [...shown, { family: 'up', series: up, value: '1' }];
}
