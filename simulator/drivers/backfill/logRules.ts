/** Backfills the results of Loki rules, by querying their expressions over a past range. */
import { readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'yaml';
import { waitFor } from '../../../tools/engines/wait';

interface RuleFile {
  groups: Array<{ name: string; interval: string; rules: Array<{ record: string; expr: string }> }>;
}

interface Matrix {
  data: { result: Array<{ metric: Record<string, string>; values: Array<[number, string]> }> };
}

async function fetchLoki<T>(url: string, path: string, query: Record<string, string>): Promise<T> {
  const response = await fetch(`${url}/loki/api/v1/${path}?${new URLSearchParams(query)}`);
  if (!response.ok) {
    throw new Error(
      `${url} responded with ${response.status} for ${query.query}: ${(await response.text()).slice(0, 300)}`
    );
  }
  return (await response.json()) as T;
}

/** Parses a duration such as `60s` or `1m`. @returns seconds @throws for any other format */
function parseSeconds(duration: string): number {
  const [, number, unit] = /^(\d+)([sm])$/.exec(duration) ?? [];
  if (!unit) {
    throw new Error(`The interval of a rule group must be in whole seconds or minutes, not ${duration}`);
  }
  return Number(number) * (unit === 'm' ? 60 : 1);
}

/** Returns the bytes of a line that Loki stores. The collector treats a trailing carriage return as line break. */
export const getStoredBytes = (line: string): number => Buffer.byteLength(line.replace(/\r$/, ''));

/**
 * Waits until Loki has all log lines. Compares bytes without line breaks, because the collector joins some lines.
 * @param bytes sum of {@link getStoredBytes} of all lines
 * @throws after three minutes
 */
export async function waitForLines(lokiUrl: string, bytes: number, from: Date, to: Date): Promise<void> {
  const seconds = Math.ceil((to.getTime() - from.getTime()) / 1000) + 60;
  const length = '{{ len (replace "\\n" "" (__line__)) }}';
  // The journal isn't among these bytes.
  const query = `sum(sum_over_time({namespace=~".+", source!="sedna-journal"} | label_format bytes=\`${length}\` | unwrap bytes [${seconds}s]))`;
  const time = String(Math.floor(to.getTime() / 1000) + 30);
  await waitFor(
    'Loki to receive all log lines of the history',
    async () => {
      const { data } = await fetchLoki<{ data: { result: Array<{ value: [number, string] }> } }>(lokiUrl, 'query', {
        query,
        time,
      });
      const storedTotal = Number(data.result[0]?.value[1] ?? 0);
      if (storedTotal < bytes) {
        throw new Error(`Loki has ${storedTotal} of ${bytes} bytes`);
      }
      return true;
    },
    { timeoutMs: 180_000, intervalMs: 500 }
  );
}

/** Formats a series in the OpenMetrics text format. */
function formatSeries(name: string, labels: Readonly<Record<string, string>>): string {
  const escape = (text: string) => text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n');
  const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escape(text)}"`);
  return pairs.length === 0 ? name : `${name}{${pairs.join(',')}}`;
}

export interface LogRuleHistory {
  lokiUrl: string;
  /** Rule file of Loki. */
  rulesFile: string;
  from: Date;
  to: Date;
  /** Path of the OpenMetrics file. */
  outputFile: string;
}

/**
 * Evaluates each rule over a past range and writes the results to an OpenMetrics file. Series end without the stale marker
 * that the ruler of Loki writes, because the format has none.
 * @returns number of series and samples
 */
export async function writeLogRuleHistory(options: LogRuleHistory): Promise<{ series: number; samples: number }> {
  const { lokiUrl, rulesFile, from, to, outputFile } = options;
  let text = '';
  const stats = { series: 0, samples: 0 };
  for (const { interval, rules } of (parse(readFileSync(rulesFile, 'utf8')) as RuleFile).groups) {
    const step = parseSeconds(interval);
    const start = Math.ceil(from.getTime() / 1000 / step) * step;
    for (const { record, expr } of rules) {
      const { data } = await fetchLoki<Matrix>(lokiUrl, 'query_range', {
        query: expr,
        start: String(start),
        end: String(Math.floor(to.getTime() / 1000)),
        step: String(step),
      });
      text += `# TYPE ${record} unknown\n`;
      for (const { metric, values } of data.result) {
        const series = formatSeries(record, metric);
        values.forEach(([time, value]) => (text += `${series} ${value} ${time}\n`));
        stats.series++;
        stats.samples += values.length;
      }
    }
  }
  writeFileSync(outputFile, `${text}# EOF\n`);
  return stats;
}
