/** How long after a fault became true it is named, and decides the verdict, in recorded time. */
import { RULES, type Judgement, type RuleId } from '../../src/sedna/diagnosis';
import {
  CONTAINER_WAITING_AFTER_SECONDS,
  DATASET_UNREAD_AFTER_SECONDS,
  GM_RESYNC_TIMEOUT_SECONDS,
  LC_RETRY_TIMEOUT_SECONDS,
  POD_GONE_AFTER_SECONDS,
  REPORT_LOST_AFTER_SECONDS,
} from '../../src/sedna/diagnosis/thresholds';
import type { KubeObject } from '../engine/types';
import { compareJudgement, getCauseIds, isExplained, type Expectations, type ExpectedObject } from './expectations';
import { judgeRecording, SCRAPE_SECONDS } from './judgements';
import type { Recording } from './recording';

/** Seconds for which a rule waits before it finds something, because what it looks for may be gone by then. */
const PATIENCE_SECONDS: Partial<Record<RuleId, number>> = {
  'dataset-missing': DATASET_UNREAD_AFTER_SECONDS,
  'dataset-unread': DATASET_UNREAD_AFTER_SECONDS,
  'dataset-unreadable': DATASET_UNREAD_AFTER_SECONDS,
  'model-not-copied': LC_RETRY_TIMEOUT_SECONDS,
  'name-too-long': Math.max(POD_GONE_AFTER_SECONDS, GM_RESYNC_TIMEOUT_SECONDS),
  'pod-gone': POD_GONE_AFTER_SECONDS,
  'pod-pending': CONTAINER_WAITING_AFTER_SECONDS,
  'pod-refused': GM_RESYNC_TIMEOUT_SECONDS,
  'report-lost': REPORT_LOST_AFTER_SECONDS,
};

const TOLERANCE_SECONDS = 2 * SCRAPE_SECONDS;

/** A delay in seconds and its bound; without a delay, it never happened. */
export interface Delay {
  seconds?: number;
  bound: number;
}

export interface FaultDelays {
  object: ExpectedObject;
  /** Unix time in seconds. */
  truth: number;
  /** Until a finding or the summary names the cause. */
  named: Delay;
  /** Until the verdict is as expected, too. */
  judged: Delay;
}

export const isWithin = ({ seconds, bound }: Delay): boolean => seconds !== undefined && seconds <= bound;

const toSeconds = (time: string): number => Date.parse(time) / 1000;

const isWaiting = ({ status }: KubeObject): boolean =>
  [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])].some(
    ({ state }) => state?.waiting && !['ContainerCreating', 'PodInitializing'].includes(state.waiting.reason)
  );

/** Time at which a pod first was in a state. */
function findFirst(
  { events }: Recording,
  pods: readonly string[],
  namespace: string,
  isIn: (pod: KubeObject) => boolean
): number[] {
  const first = events.find(
    ({ object }) =>
      object.kind === 'Pod' &&
      object.metadata.namespace === namespace &&
      pods.includes(object.metadata.name) &&
      isIn(object)
  );
  return first ? [first.time / 1000] : [];
}

/** When what is expected of an object became true: with its newest condition, or with what happened to its pods since. */
function findTruth(recording: Recording, object: ExpectedObject): number {
  const { created, state, workers, namespace, expected } = object;
  const existing = workers.filter(({ deleted }) => !deleted).map(({ pod }) => pod);
  const ends = workers
    .flatMap(({ containers }) => containers)
    .flatMap(({ state: { terminated } = {} }) => (terminated?.finishedAt ? [toSeconds(terminated.finishedAt)] : []));
  const times: Readonly<Record<string, () => number[]>> = {
    'pod-deleted': () => workers.flatMap(({ deleted }) => (deleted ? [toSeconds(deleted)] : [])),
    'worker-crash-loop': () => findFirst(recording, existing, namespace, isWaiting),
    'image-pull': () => findFirst(recording, existing, namespace, isWaiting),
    'status-never-written': () =>
      findFirst(recording, existing, namespace, ({ status }) => status?.phase === 'Running'),
    'report-lost-and-pod-name-cut': () => ends,
  };
  return Math.max(toSeconds(created), ...(state ? [toSeconds(state.since)] : []), ...(times[expected.cause]?.() ?? []));
}

/** Seconds of a time range in which some node was not ready: nothing is said about what isn't seen. */
function countSilentSeconds({ nodes }: Expectations, from: number, to: number): number {
  const silences = nodes.flatMap(({ ready }) =>
    ready.map(({ time, ready: state }, index) =>
      state === 'True'
        ? 0
        : Math.min(to, index + 1 < ready.length ? toSeconds(ready[index + 1].time) : to) -
          Math.max(from, toSeconds(time))
    )
  );
  return silences.reduce((sum, each) => sum + Math.max(0, each), 0);
}

const hasName = ({ summary, findings }: Judgement, ids: readonly string[]): boolean =>
  ids.includes(summary.id) || findings.some(({ rule }) => ids.includes(rule));

/** Measures the delays of each object whose expected verdict a finding must explain. */
export function measureDelays(recording: Recording, expectations: Expectations): FaultDelays[] {
  const judgements = new Map<string, Judgement[]>();
  for (const judgement of judgeRecording(recording)) {
    const uid = judgement.object.uid ?? '';
    judgements.set(uid, [...(judgements.get(uid) ?? []), judgement]);
  }
  return expectations.objects.filter(isExplained).map((object) => {
    const truth = findTruth(recording, object);
    const after = (judgements.get(object.uid) ?? []).filter(({ at }) => at >= truth);
    const ids = getCauseIds(object);
    const rules = RULES.filter(({ id }) => ids.includes(id));
    const patience = Math.max(0, ...rules.map(({ id }) => PATIENCE_SECONDS[id] ?? 0)) + TOLERANCE_SECONDS;
    const holdFor = Math.max(0, ...rules.map((rule) => (rule.verdict ? rule.holdFor : 0)));
    const toDelay = (isTrue: (judgement: Judgement) => boolean, bound: number): Delay => {
      const first = after.find(isTrue);
      return {
        ...(first && { seconds: first.at - truth }),
        bound: bound + countSilentSeconds(expectations, truth, truth + bound),
      };
    };
    return {
      object,
      truth,
      named: toDelay((judgement) => hasName(judgement, ids), patience),
      judged: toDelay((judgement) => compareJudgement(object, judgement).length === 0, patience + holdFor),
    };
  });
}

const formatDelay = ({ seconds, bound }: Delay): string =>
  `${seconds === undefined ? 'never' : `${Math.round(seconds)} s`} (at most ${Math.round(bound)} s)`;

/** Formats delays as a Markdown table, with those that exceed their bounds first. */
export function formatDelays(delays: readonly FaultDelays[]): string {
  const isKept = ({ named, judged }: FaultDelays) => isWithin(named) && isWithin(judged);
  const rows = delays
    .toSorted((a, b) => Number(isKept(a)) - Number(isKept(b)))
    .map(({ object: { kind, namespace, name, expected }, truth, named, judged }) => [
      `${kind} ${namespace}/${name}`,
      expected.cause,
      `${new Date(truth * 1000).toISOString().slice(0, 19)}Z`,
      formatDelay(named),
      formatDelay(judged),
    ]);
  const lines = [['Object', 'Cause', 'True since', 'Named after', 'Judged after'], ['-', '-', '-', '-', '-'], ...rows];
  return `${lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`;
}
