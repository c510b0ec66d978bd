import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Runs promtool. @throws with its error output */
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
  /** Data folder of a Prometheus, which should be stopped. */
  dataDir: string;
}

/** Creates blocks from an OpenMetrics file. @throws with the error of promtool */
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
  /** URL of a Prometheus that serves the blocks of {@link backfill}. */
  prometheusUrl: string;
  rulesFile: string;
  from: Date;
  to: Date;
  dataDir: string;
  /** Interval of groups without one, 30 s by default. */
  evaluationSeconds?: number;
}

/**
 * Evaluates recording rules over a past range and creates blocks of the results. A rule that depends on another rule needs
 * a second call, with a Prometheus that serves the blocks of the first.
 * @throws with the error of promtool
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
