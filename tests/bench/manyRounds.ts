/** Writes the journal of jobs with many rounds to Loki, as the collector would have. */
import {
  JOURNAL_SOURCE,
  JOURNAL_VERSION,
  serializeEntry,
  toJournalCondition,
  type JournalEntry,
} from '../../src/sedna/journal';

const KIND = 'LifelongLearningJob';
export const NAMESPACE = 'fleet';

/** Conditions of a round, with the seconds from its start. */
const STEPS: ReadonlyArray<[stage: string, type: string, second: number]> = [
  ['Train', 'Waiting', 0],
  ['Train', 'Ready', 60],
  ['Train', 'Starting', 61],
  ['Train', 'Running', 65],
  ['Train', 'Completed', 180],
  ['Eval', 'Waiting', 180],
  ['Eval', 'Ready', 181],
  ['Eval', 'Starting', 182],
  ['Eval', 'Running', 186],
  ['Eval', 'Completed', 240],
  ['Deploy', 'Waiting', 240],
  ['Deploy', 'Ready', 245],
  ['Deploy', 'Completed', 250],
];
const WORKERS: ReadonlyArray<[worker: string, second: number]> = [
  ['train', 61],
  ['eval', 182],
  ['inference', 245],
];
const POD_EVENTS = ['Scheduled', 'Pulled', 'Created', 'Started'];
/** Seconds from one round to the next. */
const ROUND_SECONDS = 360;
const BATCH_LINES = 5_000;

type Body = Record<string, unknown> & { what: JournalEntry['what'] };

/** Returns the entries of a round, as far as they were written before a time. @param start - Unix time in seconds */
function buildRound(name: string, round: number, start: number, now: number): JournalEntry[] {
  const entries: JournalEntry[] = [];
  const add = (second: number, id: string, body: Body) => {
    const time = new Date((start + second) * 1_000).toISOString();
    const subject = { kind: KIND, namespace: NAMESPACE, name, uid: `uid-of-${name}` };
    const entry = { v: JOURNAL_VERSION, id: `${name}:${id}`, ...subject, time, seen: time, seq: 0, at: time, ...body };
    if (start + second <= now) {
      entries.push(entry as JournalEntry);
    }
  };
  STEPS.forEach(([stage, type, second], place) => {
    const index = round * STEPS.length + place;
    const url = `/output/${stage.toLowerCase()}/${round + 1}/index.pkl`;
    const metrics = stage === 'Eval' ? { f1: 0.8, precision: 0.9 } : undefined;
    const time = new Date((start + second) * 1_000).toISOString();
    const data =
      type === 'Completed' && stage !== 'Deploy'
        ? { output: { models: [{ format: 'pkl', url, metrics }] } }
        : type === 'Ready'
          ? { input: { models: [], outputDir: url.replace('/index.pkl', '') } }
          : undefined;
    const raw = {
      type,
      stage,
      status: 'True',
      lastTransitionTime: time,
      lastHeartbeatTime: time,
      ...(data && { data: JSON.stringify(data) }),
    };
    add(second, `c${index}`, { what: 'condition', condition: toJournalCondition(KIND, raw, index) });
  });
  for (const [worker, second] of WORKERS) {
    const pod = { name: `${name}-${worker}-${round}`, uid: `${name}-${worker}-${round}`, node: 'edge-1', worker };
    add(second, `${pod.uid}:created`, { what: 'pod-created', pod });
    add(second + 3, `${pod.uid}:started`, { what: 'pod-started', pod });
    POD_EVENTS.forEach((reason, place) =>
      add(second + 3, `${pod.uid}:${reason}`, {
        what: 'event',
        event: {
          uid: `${pod.uid}-${place}`,
          type: 'Normal',
          reason,
          message: `${reason} for container ${worker}-worker of the pod ${pod.name}`,
          count: 1,
          object: { kind: 'Pod', name: pod.name, namespace: NAMESPACE, uid: pod.uid },
        },
      })
    );
    if (worker !== 'inference') {
      const containers = [{ container: `${worker}-worker`, exitCode: 0, reason: 'Completed' }];
      add(second + 55, `${pod.uid}:ended`, { what: 'pod-ended', pod, phase: 'Succeeded', containers });
    }
  }
  return entries;
}

async function push(lokiUrl: string, entries: readonly JournalEntry[]): Promise<void> {
  const values = entries.map((entry) => {
    const { kind, name, uid = '', what } = entry;
    return [`${Date.parse(entry.at)}000000`, serializeEntry(entry), { kind, name, uid, what }];
  });
  const stream = { source: JOURNAL_SOURCE, namespace: NAMESPACE };
  const response = await fetch(`${lokiUrl}/loki/api/v1/push`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ streams: [{ stream, values }] }),
  });
  if (!response.ok) {
    throw new Error(`Loki refused the journal: ${await response.text()}`);
  }
}

/**
 * Writes the journal of jobs whose newest round ends now.
 * @param jobs - number of rounds by name
 * @returns the number of lines
 */
export async function writeManyRounds(lokiUrl: string, jobs: Readonly<Record<string, number>>): Promise<number> {
  const now = Date.now() / 1_000;
  const most = Math.max(...Object.values(jobs));
  let batch: JournalEntry[] = [];
  let lines = 0;
  const flush = async () => {
    await push(lokiUrl, batch);
    lines += batch.length;
    batch = [];
  };
  for (let place = most; place > 0; place--) {
    for (const [name, rounds] of Object.entries(jobs)) {
      if (place <= rounds) {
        batch.push(...buildRound(name, rounds - place, now - place * ROUND_SECONDS, now));
      }
    }
    if (batch.length >= BATCH_LINES) {
      await flush();
    }
  }
  await flush();
  return lines;
}
