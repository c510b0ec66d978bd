/** What `expected.json` of a recording says of its objects, and whether judgements agree. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Judgement, SummaryId, Verdict } from '../../src/sedna/diagnosis';
import type { KindName } from '../../src/sedna/kinds';
import { judgeRecording } from './judgements';
import type { Recording } from './recording';

export interface RecordedModel {
  time: string;
  models: string[];
  /** False where the report was overwritten. */
  recorded: boolean;
}

export interface Evaluation {
  time: string;
  recorded: boolean;
  allModels: Array<{ url: string; metrics: Record<string, number | number[]> }>;
}

export interface ExpectedWorker {
  pod: string;
  workerType: string;
  node: string;
  phase: string;
  deleted?: string;
  containers: Array<{ name: string; restarts: number; state?: { terminated?: { finishedAt?: string } } }>;
}

/** A line of a log file, or a version of an object. */
export interface Evidence {
  /** Path below the folder of the recording. */
  file?: string;
  time: string;
  text?: string;
}

export interface ExpectedObject {
  kind: KindName;
  namespace: string;
  name: string;
  uid: string;
  created: string;
  /** Time of its deletion. */
  deleted?: string;
  /** Newest condition. */
  state?: { stage: string | null; condition: string; since: string };
  /** Number of conditions. */
  conditions: number;
  /** Number of conditions by `Stage/Type`. */
  transitions?: Record<string, number>;
  models?: Record<'trained' | 'evaluated' | 'evaluationOutput' | 'deployed', RecordedModel | null>;
  evaluations?: Evaluation[];
  lastScores?: {
    pod: string;
    lines: Array<{ time: string; task: string; scores: Record<string, number> }>;
    dropped: string[];
  };
  samples?: Record<'lastTrain' | 'lastEval', { time: string; n: number } | null>;
  trigger?: { threshold: number; operator: string; dataset: string };
  workers: ExpectedWorker[];
  active?: number;
  failed?: number;
  succeeded?: number;
  phase?: string;
  expected: { verdict: string; cause: string; text: string; evidence: Evidence[] };
}

export interface Expectations {
  /** Instant of everything that is true "at the end". */
  at: string;
  nodes: Array<{ node: string; edge: boolean; ready: Array<{ time: string; ready: string }> }>;
  components: Array<{
    pod: string;
    node: string;
    phase: string;
    containers: Array<{ name: string; restarts: number }>;
  }>;
  /** What happened to everything. */
  platform: Array<{ id: string; text: string; evidence?: Evidence[] }>;
  objects: ExpectedObject[];
  datasets: Array<{
    namespace: string;
    name: string;
    node: string;
    format: string;
    samples?: number | null;
    updated?: string | null;
  }>;
  knowledgeBase: {
    tasks: Array<{ name: string; attributes: string }>;
    groups: Array<{ name: string; samples: number; tasks: number; model: string }>;
    samplesByTask: Record<string, { sum: number; rows: number; last: number }>;
  };
}

/** Reads the expectations of a recording; undefined if it has none. */
export function readExpectations(folder: string): Expectations | undefined {
  const file = path.join(folder, 'expected.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Expectations) : undefined;
}

/** Verdicts that a word of `expected.json` stands for, and whether a finding must explain it. */
const VERDICTS_BY_WORD: Readonly<Record<string, { verdicts: readonly Verdict[]; isExplained: boolean }>> = {
  stuck: { verdicts: ['stuck'], isExplained: true },
  failed: { verdicts: ['failed'], isExplained: true },
  waiting: { verdicts: ['waiting'], isExplained: false },
  // A job between two rounds is healthy, and waits for samples.
  healthy: { verdicts: ['healthy', 'working', 'waiting'], isExplained: false },
  degraded: { verdicts: ['healthy', 'working', 'waiting'], isExplained: true },
  finished: { verdicts: ['healthy'], isExplained: false },
  'status-stale': { verdicts: ['healthy', 'working'], isExplained: true },
  'running-without-status': { verdicts: ['healthy', 'working'], isExplained: true },
  'never-handled': { verdicts: ['stuck', 'failed'], isExplained: true },
};

/** Rules and summaries that name a cause of `expected.json`. */
const IDS_BY_CAUSE: Readonly<Record<string, readonly SummaryId[]>> = {
  complete: ['healthy'],
  samples: ['waiting-for-samples'],
  'time-window': ['trigger-not-met', 'waiting-for-trigger'],
  'worker-crash-loop': ['crash-loop'],
  'worker-failed': ['condition-failed', 'workers-failed'],
  'model-missing': ['condition-failed'],
  'failed-condition-stays': ['status-stale'],
  'status-never-written': ['status-never-written'],
  'no-controller': ['kind-unhandled'],
  'dataset-format': ['dataset-format'],
  'dataset-format-csv': ['dataset-format'],
  'dataset-missing': ['dataset-missing'],
  'dataset-file-missing': ['dataset-unread', 'dataset-unreadable'],
  'image-pull': ['pod-pending'],
  'pod-pending-node-absent': ['pod-pending'],
  'pod-refused-secret-missing': ['pod-refused'],
  'pod-deleted': ['pod-gone'],
  'report-lost': ['report-lost'],
  'report-overwritten': ['report-lost'],
  'report-lost-and-pod-name-cut': ['name-too-long', 'report-lost'],
  'all-tasks-dropped': ['tasks-dropped'],
};

/** Whether a finding must explain the verdict of an object. */
export const isExplained = ({ expected }: Pick<ExpectedObject, 'expected'>): boolean =>
  VERDICTS_BY_WORD[expected.verdict]?.isExplained ?? true;

/** Returns the rules and summaries that name the cause of an object; none for an unknown cause. */
export const getCauseIds = ({ expected }: Pick<ExpectedObject, 'expected'>): readonly SummaryId[] =>
  IDS_BY_CAUSE[expected.cause] ?? [];

export interface Comparison {
  object: ExpectedObject;
  /** Absent if the object was never judged. */
  judgement?: Judgement;
  /** Why it does not hold; empty if it does. */
  differences: string[];
}

/** Returns how a judgement differs from what is expected of an object; nothing where it agrees. */
export function compareJudgement(object: Pick<ExpectedObject, 'expected'>, judgement: Judgement): string[] {
  const { verdict, summary, findings } = judgement;
  const { verdict: word, cause } = object.expected;
  const verdicts = VERDICTS_BY_WORD[word]?.verdicts ?? [];
  const named = [summary.id, ...findings.map(({ rule }) => rule)];
  const wanted = getCauseIds(object);
  return [
    ...(verdicts.includes(verdict) ? [] : [`the verdict is ${verdict}, not ${word}`]),
    ...(isExplained(object) && findings.length === 0 ? ['no finding explains it'] : []),
    ...(wanted.some((id) => named.includes(id)) ? [] : [`${named.join(', ')} don't name the cause ${cause}`]),
  ];
}

/** Compares the last judgement of each object, before its deletion or the end, with what is expected. */
export function compareWithExpectations(recording: Recording, { at, objects }: Expectations): Comparison[] {
  const end = Date.parse(at) / 1000;
  const last = new Map<string, Judgement>();
  for (const judgement of judgeRecording(recording)) {
    if (judgement.at <= end) {
      last.set(judgement.object.uid ?? '', judgement);
    }
  }
  return objects.map((object) => {
    const judgement = last.get(object.uid);
    return {
      object,
      judgement,
      differences: judgement ? compareJudgement(object, judgement) : ['it was never judged'],
    };
  });
}

/** Formats the comparison as a Markdown table, with the rows that don't hold first. */
export function formatComparison(comparisons: readonly Comparison[]): string {
  const rows = comparisons
    .toSorted((a, b) => Number(a.differences.length === 0) - Number(b.differences.length === 0))
    .map(({ object: { kind, namespace, name, expected }, judgement, differences }) => [
      `${kind} ${namespace}/${name}`,
      `${expected.verdict}: ${expected.cause}`,
      judgement ? `${judgement.verdict}: ${judgement.summary.id}` : '',
      differences.join('; ') || 'holds',
    ]);
  const lines = [['Object', 'Expected', 'Judged', 'Difference'], ['-', '-', '-', '-'], ...rows];
  return `${lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`;
}
