import { HOUR, MINUTE, SECOND } from '../engine/clock';
import { SimDataset } from '../engine/jobs/dataset';
import { lcWithoutGm } from '../engine/components/localController';
import type { SimulationContext } from '../engine/simulationContext';
import type { LifelongJob } from '../engine/jobs/lifelongJob';
import type { Process } from '../engine/types';
import type { Work } from '../engine/jobs/workers';
import { job } from './lifelongJobs';
import { RULE_SCENARIOS } from './rules';

const KEEP_ALL: Work['drop'] = { operator: '<', threshold: 0 };

/** Starts a job whose dataset doesn't grow. */
const resting = (
  parts: SimulationContext,
  name: string,
  node = 'edge-node',
  { since = HOUR, ...change }: Parameters<typeof job>[2] & { since?: number } = {}
) => {
  const { kernel } = parts;
  const rests = job(parts, name, { node, initial: 300, perMinute: 0, ...change });
  rests.backdateRound(kernel.start - since);
  kernel.spawn(rests.run(), kernel.start + 5 * SECOND);
};

/** Starts jobs that are broken, each in its own way, and a healthy one. */
export function brokenJobs(parts: SimulationContext): void {
  const { kernel, components } = parts;
  const from = (seconds: number) => kernel.start + seconds * SECOND;
  kernel.spawn(job(parts, 'well').run(), from(5));
  const gone = job(parts, 'pod-gone');
  kernel.spawn(
    gone.run(() => ({ train: 'pod-gone' })),
    from(11)
  );
  const trigger = { start: '00:00', end: '24:00', operator: '=>', threshold: 500 };
  kernel.spawn(job(parts, 'trigger-never', { trigger }).run(), from(17));
  const absent = new SimDataset(kernel, components, {
    namespace: 'default',
    name: 'absent-dataset',
    url: '/data/absent/trainData.csv',
    format: 'csv',
    node: 'edge-node',
    initial: 0,
    perMinute: 0,
    absent: true,
  });
  kernel.spawn(job(parts, 'dataset-missing', { dataset: absent }).run(), from(19));
  const parquet = new SimDataset(kernel, components, {
    namespace: 'default',
    name: 'parquet-dataset',
    url: '/data/parquet/trainData.parquet',
    format: 'parquet',
    node: 'edge-node',
    initial: 700,
    perMinute: 0,
  });
  kernel.spawn(job(parts, 'dataset-format', { dataset: parquet }).run(), from(23));
  for (const stage of ['train', 'eval'] as const) {
    const lost = job(parts, `${stage}-report-lost`);
    kernel.spawn(
      lost.run((round) => (round === 2 ? { [stage]: 'report-lost' } : {})),
      from(29)
    );
  }
}

/** The KB loses its node after an hour. */
export function withoutKnowledgeBase(parts: SimulationContext): void {
  resting(parts, 'needs-kb');
  parts.kernel.spawn(
    (function* (): Process {
      yield HOUR;
      parts.components.kb.create();
    })()
  );
}

/** The GM goes away while a job trains. */
export function withoutGlobalManager(parts: SimulationContext, after = 11 * SECOND): void {
  const { kernel } = parts;
  resting(parts, 'needs-no-gm');
  const training = job(parts, 'needs-gm', { perMinute: 0 });
  kernel.spawn(
    training.run(() => ({ train: 'gm-stops' })),
    kernel.start + after
  );
}

/** After an hour one LC loses the GM; of another one an old connection is closed after it has made a new one. */
export function connections(parts: SimulationContext): void {
  const { kernel, components, gm } = parts;
  resting(parts, 'cut-off', 'edge0');
  kernel.spawn(job(parts, 'half-open').run(), kernel.start + 11 * SECOND);
  kernel.spawn(
    (function* (): Process {
      yield HOUR;
      kernel.spawn(lcWithoutGm(components, gm, 'edge0', () => true));
      gm.connected('edge-node');
      yield 15 * MINUTE;
      gm.connectionClosed('edge-node');
    })()
  );
}

/** Starts jobs that used to work, and whose faults show only compared to their past. */
function worseningJobs(parts: SimulationContext): void {
  const { kernel } = parts;
  const spawn = (name: string, script: Parameters<LifelongJob['run']>[0], change: Parameters<typeof job>[2] = {}) =>
    kernel.spawn(job(parts, name, change).run(script), kernel.start + 31 * SECOND);
  // Its first round, ten minutes after it is first seen, so that no completed one is near.
  const slowly = { initial: 100, perMinute: 60, restartPolicy: 'Never' } as const;
  spawn('fails-once', (round) => (round === 1 ? { train: 'fail' } : {}), slowly);
  spawn('train-hangs', (round) => (round > 2 ? { train: 'hangs' } : {}));
  spawn('evaluates-worse', (round) => (round === 3 ? { eval: 'poor' } : {}));
  resting(parts, 'waits-for-a-day', 'edge-node', { since: 23 * HOUR });
  const work: Work = { flavor: 'cityscapes', tasks: [], trainSeconds: 60, evalSeconds: 60, drop: KEEP_ALL };
  resting(parts, 'inference-errors', 'edge-node', { work, inferenceFault: { errors: true } });
  const silentFrom = kernel.start + 125 * MINUTE;
  resting(parts, 'inference-silent', 'edge-node', { work, inferenceFault: { silentFrom } });
}

/** Starts a job on a node of its own, whose logs may not be collected. */
function unheardJob(parts: SimulationContext): void {
  parts.kernel.spawn(job(parts, 'unheard', { node: 'edge1' }).run(), parts.kernel.start + 37 * SECOND);
}

/** Every fault of this file and of the rules' scenarios in one cluster; all of them show within three hours. */
export function allFaults(parts: SimulationContext): void {
  brokenJobs(parts);
  worseningJobs(parts);
  withoutKnowledgeBase(parts);
  connections(parts);
  unheardJob(parts);
  withoutGlobalManager(parts, 100 * MINUTE);
  RULE_SCENARIOS.filter(({ world }) => world === 'faults').forEach(({ start }) => start?.(parts));
}
