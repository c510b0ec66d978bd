import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { CUSTOM_METRIC_PREFIX, findMetric } from '../../../src/sedna/catalog';

/** Sample of a scrape: series as Prometheus stores it, and value as text. */
export interface ScrapedSample {
  family: string;
  series: string;
  value: string;
}

/** Metrics about the processes, which don't depend on the simulated time. */
const SELF_METRICS = /^(process_|go_|nodejs_|promhttp_|http_request_duration_|kube_state_metrics_|sedna_exporter_)/;

/** Creation times, which the API server sets to the time of writing. */
const CREATION_TIMES = /_created$/;

/** Uid of the object that a series is about. */
const UID_LABEL = /(?:^|,)uid="([^"]*)"/;

/**
 * Adds the labels of a target to a series, like Prometheus.
 * @param honorLabels whether a conflicting label of the sample wins; otherwise it is renamed to `exported_<name>`
 */
function withTargetLabels(
  name: string,
  own: string,
  target: Readonly<Record<string, string>>,
  honorLabels: boolean
): string {
  let labels = own;
  for (const [label, value] of Object.entries(target)) {
    const taken = new RegExp(`(^|,)${label}="`);
    if (taken.test(labels)) {
      if (honorLabels) {
        continue;
      }
      labels = labels.replace(taken, `$1exported_${label}="`);
    }
    labels += `${labels === '' ? '' : ','}${label}="${value}"`;
  }
  return labels === '' ? name : `${name}{${labels}}`;
}

const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\.)*)"/g;

/** Removes labels that a live Prometheus doesn't store: empty ones, and those that its configuration drops. */
function selectStoredLabels(labels: string, dropped: RegExp | undefined): string {
  return [...labels.matchAll(LABEL)]
    .filter(([, name, value]) => value !== '' && !dropped?.test(name))
    .map(([pair]) => pair)
    .join(',');
}

export interface ScrapeRules {
  /** `honor_labels` of the scrape job. */
  honorLabels: boolean;
  /** Names of metrics that the scrape job keeps, all by default. */
  keepMetrics?: RegExp;
  /** Names of labels that the scrape job drops. */
  dropLabels?: RegExp;
  /** Creation times of objects by their uids, in seconds since the epoch. */
  creationTimes?: ReadonlyMap<string, number>;
}

/** Parses a /metrics page without timestamps. Omits metrics about the process, and creation times that aren't known. */
export function parseScrape(
  text: string,
  target: Readonly<Record<string, string>>,
  { honorLabels, keepMetrics, dropLabels, creationTimes }: ScrapeRules
): { samples: ScrapedSample[]; types: Map<string, string> } {
  const types = new Map<string, string>();
  const samples: ScrapedSample[] = [];
  let family = '';
  for (const line of text.split('\n')) {
    if (line.startsWith('# TYPE ')) {
      const [, , name, type] = line.split(' ');
      family = name;
      types.set(name, type);
    } else if (line !== '' && !line.startsWith('#')) {
      const space = line.lastIndexOf(' ');
      const head = line.slice(0, space);
      const brace = head.indexOf('{');
      const name = brace < 0 ? head : head.slice(0, brace);
      if (keepMetrics?.test(name) === false) {
        continue;
      }
      const created = CREATION_TIMES.test(name)
        ? creationTimes?.get(UID_LABEL.exec(head.slice(brace + 1, -1))?.[1] ?? '')
        : undefined;
      if (SELF_METRICS.test(name) || (CREATION_TIMES.test(name) && created === undefined)) {
        continue;
      }
      const own = brace < 0 ? '' : selectStoredLabels(head.slice(brace + 1, -1), dropLabels);
      samples.push({
        family: name.startsWith(family) && family !== '' ? family : name,
        series: withTargetLabels(name, own, target, honorLabels),
        value: created === undefined ? line.slice(space + 1) : String(created),
      });
    }
  }
  return { samples, types };
}

/** Whether the values of a metric may be states, and not measurements. */
const canBeState = (name: string): boolean =>
  (findMetric(name)?.unit ?? 'none') === 'none' && !name.startsWith(CUSTOM_METRIC_PREFIX);

interface Series {
  values: string[];
  /** Times of the values in seconds since the epoch. */
  times: number[];
  binary: boolean;
}

/**
 * Collects scrapes and writes them to an OpenMetrics file grouped by family, for
 * `promtool tsdb create-blocks-from openmetrics`.
 */
export class OpenMetricsFile {
  private readonly families = new Map<string, Map<string, Series>>();
  private readonly types = new Map<string, string>();
  private previousSeries = new Map<string, Series>();
  private count = 0;

  /** Number of samples so far. */
  get samples(): number {
    return this.count;
  }

  /** Number of series so far. */
  get series(): number {
    return [...this.families.values()].reduce((sum, family) => sum + family.size, 0);
  }

  /** Adds the types that a scrape declares. */
  addTypes(types: ReadonlyMap<string, string>): void {
    types.forEach((type, family) => this.types.set(family, type));
  }

  /**
   * Adds all samples of a step.
   *
   * Prometheus writes a stale marker if a series is missing in a scrape, but promtool can't. Without it, queries return
   * the last value for five more minutes. Missing states and infos (all values 0 or 1) therefore get a final 0. Other
   * series just end: a 0 would be a measurement, such as a score that fell.
   * @param time seconds since the epoch
   */
  addStep(time: number, scraped: readonly ScrapedSample[]): void {
    const currentSeries = new Map<string, Series>();
    for (const { family, series: key, value } of scraped) {
      if (currentSeries.has(key)) {
        continue;
      }
      const series = this.find(family, key);
      this.push(series, time, value);
      currentSeries.set(key, series);
    }
    for (const [key, series] of this.previousSeries) {
      if (!currentSeries.has(key) && series.binary && series.values.at(-1) !== '0') {
        this.push(series, time, '0');
      }
    }
    this.previousSeries = currentSeries;
  }

  private find(family: string, key: string): Series {
    let members = this.families.get(family);
    if (!members) {
      members = new Map();
      this.families.set(family, members);
    }
    let series = members.get(key);
    if (!series) {
      series = { values: [], times: [], binary: canBeState(family) };
      members.set(key, series);
    }
    return series;
  }

  private push(series: Series, time: number, value: string): void {
    series.values.push(value);
    series.times.push(time);
    series.binary &&= value === '0' || value === '1';
    this.count++;
  }

  /**
   * Writes the file. All types are gauge or unknown, because OpenMetrics requires suffixes for other types. Blocks don't
   * contain types.
   */
  async write(path: string): Promise<void> {
    const out = createWriteStream(path);
    for (const [family, members] of this.families) {
      const type = this.types.get(family) === 'gauge' ? 'gauge' : 'unknown';
      let text = `# TYPE ${family} ${type}\n`;
      for (const [key, { values, times }] of members) {
        for (let i = 0; i < values.length; i++) {
          text += `${key} ${values[i]} ${times[i]}\n`;
        }
      }
      if (!out.write(text)) {
        await once(out, 'drain');
      }
    }
    out.end('# EOF\n');
    await once(out, 'close');
  }
}
