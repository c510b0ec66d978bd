/** Backfills a Prometheus with a history: scraped series, results of Loki rules, and results of recording rules. */
import path from 'node:path';
import { findBinary, startPrometheus } from '../../tools/engines';
import { COLLECTION_FOLDER } from '../../tools/projectRoot';
import { backfill, backfillRules, splitRules } from '../drivers/backfill/backfill';
import { waitForLines, writeLogRuleHistory } from '../drivers/backfill/logRules';

/** Passes over the recording rules, one per level of rules that depend on others. */
const RULE_PASSES = 5;
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
  await backfill({ promtool, openMetricsFile, dataDir });
  await waitForLines(lokiUrl, logBytes, from, to);
  const logRuleFile = path.join(dir, 'log-rules.txt');
  await writeLogRuleHistory({
    lokiUrl,
    rulesFile: LOG_RULES,
    from,
    to: logRulesTo ?? new Date(),
    outputFile: logRuleFile,
  });
  await backfill({ promtool, openMetricsFile: logRuleFile, dataDir });
  const { recorded, findings } = splitRules(RULES, dir);
  const passes = [...Array.from({ length: RULE_PASSES }, () => recorded), findings];
  for (const [pass, rulesFile] of passes.entries()) {
    const reader = await startPrometheus({ dir: path.join(dir, `rules-${pass}`), dataDir });
    try {
      await backfillRules({ promtool, prometheusUrl: reader.url, rulesFile, from, to, dataDir, evaluationSeconds });
    } finally {
      await reader.stop();
    }
  }
}
