import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Promtool's own words are the best there are about what it did not like. */
async function promtool(binary: string, args: string[]): Promise<string> {
  try {
    const { stdout } = await run(binary, args, { maxBuffer: 64 * 1024 * 1024 });
    return stdout;
  } catch (error) {
    const { stderr, message } = error as { stderr?: string; message: string };
    throw new Error(`promtool ${args.slice(0, 4).join(' ')} failed: ${stderr?.trim() || message}`);
  }
}

export interface BackfillOptions {
  /** Path of promtool. */
  promtool: string;
  openMetricsFile: string;
  /** Data directory of a Prometheus that does not run, or does not mind new blocks. */
  dataDir: string;
}

/** Makes blocks from an OpenMetrics file. @throws Error with what promtool said */
export async function backfill({ promtool: binary, openMetricsFile, dataDir }: BackfillOptions): Promise<void> {
  mkdirSync(dataDir, { recursive: true });
  await promtool(binary, ['tsdb', 'create-blocks-from', 'openmetrics', '--quiet', openMetricsFile, dataDir]);
}

/** First line of the groups of findings, which come last in the file. */
const FINDINGS_START = '  - name: sedna-findings\n';

/**
 * Splits a file of recording rules. Findings leave out what other rules explain, so they may only be recorded once all of
 * these are complete: in a history, a finding that was recorded too early would stay.
 * @param dir folder for the two files
 */
export function splitRules(rulesFile: string, dir: string): { recorded: string; findings: string } {
  const [recorded, findings] = readFileSync(rulesFile, 'utf8').split(FINDINGS_START);
  const write = (name: string, text: string) => {
    const file = path.join(dir, name);
    writeFileSync(file, text);
    return file;
  };
  return {
    recorded: write('recorded.yaml', recorded),
    findings: write('findings.yaml', `groups:\n${FINDINGS_START}${findings}`),
  };
}

export interface BackfillRulesOptions {
  promtool: string;
  /** A Prometheus that serves the blocks of {@link backfill}. */
  prometheusUrl: string;
  rulesFile: string;
  from: Date;
  to: Date;
  dataDir: string;
  /** Of the groups that name no interval of their own; 30 s unless told. */
  evaluationSeconds?: number;
}

/**
 * Evaluates recording rules over a past range and makes blocks of the results.
 * A rule that reads another rule's result sees it only after a second call, with a Prometheus that serves the first's.
 * @throws Error with what promtool said
 */
export async function backfillRules(options: BackfillRulesOptions): Promise<void> {
  const { promtool: binary, prometheusUrl, rulesFile, from, to, dataDir, evaluationSeconds = 30 } = options;
  const seconds = (date: Date) => String(Math.floor(date.getTime() / 1000));
  await promtool(binary, [
    'tsdb',
    'create-blocks-from',
    'rules',
    `--start=${seconds(from)}`,
    `--end=${seconds(to)}`,
    `--url=${prometheusUrl}`,
    `--eval-interval=${evaluationSeconds}s`,
    `--output-dir=${dataDir}`,
    rulesFile,
  ]);
}
