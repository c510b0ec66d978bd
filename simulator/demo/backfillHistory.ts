/** Backfills a Prometheus with a history: scraped series, results of Loki rules, and results of recording rules. */
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { findBinary, startPrometheus } from '../../tools/engines';
import { COLLECTION_FOLDER } from '../../tools/projectRoot';
import { backfill, backfillRules, splitRules } from '../drivers/backfill/backfill';
import { waitForLines, writeLogRuleHistory } from '../drivers/backfill/logRules';

/** Passes over the recording rules, one per level of rules that depend on others. */
const RULE_PASSES = 5;
/**
 * Seconds for which a sample of the history counts as current while the rules are evaluated. Blocks have no stale markers:
 * with the 5 minutes of a server, each level of rules would let what has ended live on for 5 minutes more.
 * Longer than the interval of the Loki rules and of scrapes.
 */
const LOOKBACK_SECONDS = 75;
const RULES = path.join(COLLECTION_FOLDER, 'prometheus', 'rules', 'sedna.yaml');
const LOG_RULES = path.join(COLLECTION_FOLDER, 'loki', 'rules', 'sedna.yaml');

export interface BackfillHistoryOptions {
  dir: string;
  openMetricsFile: string;
  dataDir: string;
  from: Date;
  to: Date;
  lokiUrl: string;
  /** Bytes of log lines that Loki must have. */
  logBytes: number;
  /** End of the results of the Loki rules, now by default: a rule covers the minute before the last one. */
  logRulesTo?: Date;
  /** Interval of recording rules without one, 30 s by default. */
  evaluationSeconds?: number;
}

/** Creates blocks of the scraped history, the results of the Loki rules, and the results of the recording rules. */
export async function backfillHistory(options: BackfillHistoryOptions): Promise<void> {
  const { dir, openMetricsFile, dataDir, from, to, lokiUrl, logBytes, logRulesTo, evaluationSeconds } = options;
  const promtool = findBinary('promtool');
  const scraped = path.join(dir, 'scraped-blocks');
  await backfill({ promtool, openMetricsFile, dataDir: scraped });
  await waitForLines(lokiUrl, logBytes, from, to);
  const logRuleFile = path.join(dir, 'log-rules.txt');
  await writeLogRuleHistory({
    lokiUrl,
    rulesFile: LOG_RULES,
    from,
    to: logRulesTo ?? new Date(),
    outputFile: logRuleFile,
  });
  await backfill({ promtool, openMetricsFile: logRuleFile, dataDir: scraped });

  /** Evaluates rules over blocks. @returns the folder of the results */
  const evaluate = async (name: string, rulesFile: string, blocks: readonly string[]): Promise<string> => {
    const readerDir = path.join(dir, `reader-${name}`);
    const results = path.join(dir, `results-${name}`);
    mkdirSync(results, { recursive: true });
    // On a copy: the server compacts blocks, and evaluates the rules at the present time too.
    copyBlocks(blocks, path.join(readerDir, 'data'));
    const reader = await startPrometheus({
      dir: readerDir,
      dataDir: path.join(readerDir, 'data'),
      lookbackSeconds: LOOKBACK_SECONDS,
    });
    try {
      const options = { promtool, prometheusUrl: reader.url, rulesFile, from, to, evaluationSeconds };
      await backfillRules({ ...options, dataDir: results });
    } finally {
      await reader.stop();
    }
    rmSync(readerDir, { recursive: true });
    return results;
  };

  const { recorded, findings } = splitRules(RULES, dir);
  // The results of a pass take the place of those of the pass before, which were made from fewer series.
  let results: string[] = [];
  for (let pass = 0; pass < RULE_PASSES; pass++) {
    results = [await evaluate(String(pass), recorded, [scraped, ...results])];
  }
  const blocks = [scraped, ...results];
  copyBlocks([...blocks, await evaluate('findings', findings, blocks)], dataDir);
}

/** Copies all blocks in some folders to another. */
function copyBlocks(folders: readonly string[], to: string): void {
  mkdirSync(to, { recursive: true });
  folders.forEach((folder) => cpSync(folder, to, { recursive: true }));
}
