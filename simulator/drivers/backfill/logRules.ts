/** What Loki's rules would have written in a time that is past: their own expressions, asked of the same Loki. */
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
    throw new Error(`${url} answers ${response.status} to ${query.query}: ${(await response.text()).slice(0, 300)}`);
  }
  return (await response.json()) as T;
}

/** Seconds of a duration such as `60s` or `1m`. @throws for any other text */
function parseSeconds(duration: string): number {
  const [, number, unit] = /^(\d+)([sm])$/.exec(duration) ?? [];
  if (!unit) {
    throw new Error(`the interval of a rule group is whole seconds or minutes, not ${duration}`);
  }
  return Number(number) * (unit === 'm' ? 60 : 1);
}

/** Bytes of a line that Loki stores of it: the collector takes a carriage return at its end for a part of the end. */
export const getStoredBytes = (line: string): number => Buffer.byteLength(line.replace(/\r$/, ''));

/**
 * Waits until Loki has all that was logged. Joined lines are one entry with line breaks in it, so what is compared is
 * the number of bytes without those.
 * @param bytes sum of {@link getStoredBytes} of all lines
 * @throws when it has not after three minutes
 */
export async function waitForLines(lokiUrl: string, bytes: number, from: Date, to: Date): Promise<void> {
  const seconds = Math.ceil((to.getTime() - from.getTime()) / 1000) + 60;
  const length = '{{ len (replace "\\n" "" (__line__)) }}';
  const query = `sum(sum_over_time({namespace=~".+"} | label_format bytes=\`${length}\` | unwrap bytes [${seconds}s]))`;
  const time = String(Math.floor(to.getTime() / 1000) + 30);
  await waitFor(
    'Loki to have all lines of the history',
    async () => {
      const { data } = await fetchLoki<{ data: { result: Array<{ value: [number, string] }> } }>(lokiUrl, 'query', {
        query,
        time,
      });
      const storedTotal = Number(data.result[0]?.value[1] ?? 0);
      if (storedTotal < bytes) {
        throw new Error(`it has ${storedTotal} bytes of ${bytes}`);
      }
      return true;
    },
    { timeoutMs: 180_000, intervalMs: 500 }
  );
}

/** Writes a label set as the text format does. */
function formatSeries(name: string, labels: Readonly<Record<string, string>>): string {
  const escape = (text: string) => text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n');
  const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escape(text)}"`);
  return pairs.length === 0 ? name : `${name}{${pairs.join(',')}}`;
}

export interface LogRuleHistory {
  lokiUrl: string;
  /** File of rules that Loki runs. */
  rulesFile: string;
  from: Date;
  to: Date;
  /** Path of the OpenMetrics file. */
  outputFile: string;
}

/**
 * Evaluates each rule at each of its intervals in a past time and writes the results as an OpenMetrics file.
 * Where Loki's ruler ends a series with a stale marker, which such a file cannot hold, it just ends.
 * @returns how many series and samples there are
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
