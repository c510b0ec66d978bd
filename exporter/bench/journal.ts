/**
 * Measures what the journal of lifelong learning jobs takes in one day: bytes of lines, also compressed as in Loki's chunks.
 * Prints the results and sets no limits.
 *
 * Usage: npm run bench:journal
 */
import { gzipSync } from 'node:zlib';
import type { JournalEntry } from '../../src/sedna/journal';
import { job, roundSteps, START, type Step } from '../cluster/extract/jobs.fixture';
import { TestJournal, type TestObject } from '../journal/testUtils';

/** One round an hour. A round of the fixture takes ten minutes. */
const ROUNDS_PER_DAY = 24;
const ROUND_SECONDS = 3_600;
/** Events of a pod that starts and ends: Scheduled, Pulled, Created, Started. */
const POD_EVENTS = ['Scheduled', 'Pulled', 'Created', 'Started'];

const toTime = (second: number) => new Date((START + second) * 1_000).toISOString().replace('.000Z', 'Z');

interface Change {
  second: number;
  object: TestObject;
}

/** Returns what the API server sends about one job in one day, in order. */
function buildDay(name: string): Change[] {
  const changes: Change[] = [];
  const steps: Step[] = [];
  let version = 1;
  const put = (second: number, kind: string, object: Record<string, unknown>) => {
    const metadata = { ...(object.metadata as TestObject['metadata']), resourceVersion: String(version++) };
    changes.push({ second, object: { ...object, kind, metadata } });
  };
  for (let round = 1; round <= ROUNDS_PER_DAY; round++) {
    const start = (round - 1) * ROUND_SECONDS;
    put(start, 'Dataset', {
      metadata: { namespace: 'default', name: `${name}-dataset`, uid: `dataset-${name}` },
      spec: {},
      status: { numberOfSamples: 1_000 + round * 100, updateTime: toTime(start) },
    });
    for (const step of roundSteps(round, start)) {
      steps.push(step);
      put(step[2], 'LifelongLearningJob', job(name, steps));
    }
    for (const [worker, begin] of [
      ['train', 101],
      ['eval', 311],
      ['inference', 560],
    ] as const) {
      putPod(put, name, worker, round, start + begin);
    }
  }
  return changes.sort((a, b) => a.second - b.second);
}

function putPod(
  put: (second: number, kind: string, object: Record<string, unknown>) => void,
  name: string,
  worker: string,
  round: number,
  begin: number
): void {
  const podName = `${name}-${worker}-${String(round).padStart(5, 'x')}`;
  const uid = `0b8ef1a2-1111-2222-3333-${name}-${worker}-${round}`;
  const prefix = 'lifelonglearningjob.sedna.io';
  const labels = { [`${prefix}/name`]: name, [`${prefix}/uid`]: `uid-of-${name}`, [`${prefix}/worker-type`]: worker };
  const pod = (phase: string, state: unknown) => ({
    metadata: { namespace: 'default', name: podName, uid, labels, creationTimestamp: toTime(begin) },
    spec: { nodeName: 'edge-node' },
    status: { phase, containerStatuses: [{ name: `${worker}-worker`, restartCount: 0, state }] },
  });
  const times = { startedAt: toTime(begin + 9), finishedAt: toTime(begin + 190) };
  put(begin, 'Pod', pod('Pending', {}));
  put(begin + 9, 'Pod', pod('Running', { running: { startedAt: times.startedAt } }));
  if (worker !== 'inference') {
    put(begin + 190, 'Pod', pod('Succeeded', { terminated: { exitCode: 0, reason: 'Completed', ...times } }));
  }
  POD_EVENTS.forEach((reason, index) =>
    put(begin + index, 'Event', {
      metadata: { namespace: 'default', name: `${podName}.${index}`, uid: `${uid}-event-${index}` },
      involvedObject: { kind: 'Pod', namespace: 'default', name: podName, uid, apiVersion: 'v1' },
      type: 'Normal',
      reason,
      message: `Container image "kubeedge/sedna-example-lifelong-learning-atcii-classifier:v0.6.0" already present on machine`,
      count: 1,
      firstTimestamp: toTime(begin),
      lastTimestamp: toTime(begin),
      source: { component: 'kubelet', host: 'edge-node' },
    })
  );
}

async function main(): Promise<void> {
  console.log(
    `${ROUNDS_PER_DAY} rounds a day per job, each with 13 conditions, 3 pods, and ${POD_EVENTS.length} events per pod`
  );
  for (const count of [10, 100, 1_000]) {
    let entries = 0;
    let bytes = 0;
    let compressed = 0;
    const days = Array.from({ length: count }, (_, index) => `job-${index}`);
    for (let from = 0; from < days.length; from += 10) {
      const lines: string[] = [];
      const changes = days
        .slice(from, from + 10)
        .flatMap(buildDay)
        .sort((a, b) => a.second - b.second);
      let second = 0;
      const journal = new TestJournal({ lines, now: () => (START + second) * 1_000 });
      for (const change of changes) {
        second = change.second;
        await journal.apply('MODIFIED', change.object);
      }
      entries += lines.length;
      bytes += lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
      compressed += gzipSync(lines.join('\n')).length;
      if (from === 0 && count === 10) {
        const kinds = new Map<string, number[]>();
        lines.forEach((line) => {
          const { what } = JSON.parse(line) as JournalEntry;
          kinds.set(what, [...(kinds.get(what) ?? []), line.length]);
        });
        for (const [what, sizes] of kinds) {
          console.log(
            `  ${what.padEnd(20)} ${sizes.length} of ${Math.round(sizes.reduce((a, b) => a + b) / sizes.length)} bytes`
          );
        }
      }
    }
    const megabytes = (value: number) => `${(value / 1e6).toFixed(1)} MB`;
    console.log(
      `${String(count).padStart(5)} jobs: ${entries} entries, ${megabytes(bytes)}, compressed ${megabytes(compressed)} a day`
    );
  }
}

void main();
