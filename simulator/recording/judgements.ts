/** Judges every object at every moment of a recording, as the diagnosis of the app does. */
import { judge, type Judgement } from '../../src/sedna/diagnosis';
import { KIND_NAMES } from '../../src/sedna/kinds';
import { ClusterView } from '../diagnosis/clusterView';
import { toSimulatedFacts } from '../diagnosis/toFacts';
import { createRecordedWorld } from './player';
import type { Recording } from './recording';

/** Seconds between two scrapes of the shipped Prometheus configuration. */
export const SCRAPE_SECONDS = 15;

/** Unix times in seconds: of each change of an object, and of each scrape. */
function getMoments({ events, from, to }: Recording): number[] {
  const scrapes = Array.from({ length: Math.floor((to - from) / 1000 / SCRAPE_SECONDS) }, (_, i) =>
    Math.ceil(from / 1000 + (i + 1) * SCRAPE_SECONDS)
  );
  return [...new Set([...events.map(({ time }) => time / 1000), ...scrapes, to / 1000])].sort((a, b) => a - b);
}

/** Yields the judgements of all objects at some moments of a recording, by default all. */
export function* judgeRecording(recording: Recording, moments = getMoments(recording)): Generator<Judgement> {
  const world = createRecordedWorld(recording);
  const view = new ClusterView();
  for (const now of moments) {
    view.apply(world.advanceTo(new Date(Math.ceil(now * 1000))), now);
    for (const object of KIND_NAMES.flatMap((kind) => view.ofKind(kind))) {
      yield judge(toSimulatedFacts(view, object, now), now);
    }
  }
}

export interface JudgementRow {
  /** Unix time in seconds. */
  time: number;
  object: string;
  verdict: string;
  /** Id of the summary; of a rule where one decides the verdict. */
  cause: string;
  /** Rules that find something, worst first, with their severities. */
  findings: string;
}

/** Returns a row for each change of the judgement of an object, in the order of time. */
export function toChanges(judgements: Iterable<Judgement>): JudgementRow[] {
  const last = new Map<string, string>();
  const rows: JudgementRow[] = [];
  for (const { object, at, verdict, summary, findings } of judgements) {
    const row = {
      time: at,
      object: `${object.kind} ${object.namespace}/${object.name}`,
      verdict,
      cause: summary.id,
      findings: findings.map(({ rule, severity }) => `${rule} (${severity})`).join(', '),
    };
    const key = JSON.stringify([row.verdict, row.cause, row.findings]);
    if (last.get(row.object) !== key) {
      last.set(row.object, key);
      rows.push(row);
    }
  }
  return rows;
}

const COLUMNS = ['Time', 'Object', 'Verdict', 'Cause', 'Findings'];

const toCells = ({ time, object, verdict, cause, findings }: JudgementRow): string[] => [
  `${new Date(time * 1000).toISOString().slice(0, 19)}Z`,
  object,
  verdict,
  cause,
  findings,
];

/** Formats rows as tab-separated values. */
export const formatTsv = (rows: readonly JudgementRow[]): string =>
  `${[COLUMNS, ...rows.map(toCells)].map((cells) => cells.join('\t')).join('\n')}\n`;

/** Formats rows as a Markdown table. */
export function formatMarkdown(rows: readonly JudgementRow[]): string {
  const lines = [COLUMNS, COLUMNS.map(() => '-'), ...rows.map(toCells)];
  return `${lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`;
}
