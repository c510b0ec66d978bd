import { HOUR, MINUTE, SECOND } from '../engine/clock';
import { SimDataset } from '../engine/jobs/dataset';
import { LifelongJob } from '../engine/jobs/lifelongJob';
import type { LifelongOptions } from '../engine/jobs/lifelongSpec';
import { logLcStart } from '../engine/components/localController';
import type { SimulationContext } from '../engine/simulationContext';
import type { Process } from '../engine/types';
import type { TaskSpec, Work } from '../engine/jobs/workers';

const ATCII_IMAGE = 'kubeedge/sedna-example-lifelong-learning-atcii-classifier:v0.3.0';
const ROBO_IMAGE = 'kubeedge/sedna-example-lifelong-learning-cityscapes-segmentation:v0.6.0';
const ALL_DAY = { start: '00:00', end: '24:00' };

/** Season x climate, as the atcii example's task attributes; two of them never get good. */
function atciiTasks(seasons: string[], climates: number): TaskSpec[] {
  return seasons.flatMap((season) =>
    Array.from({ length: climates }, (_, i) => {
      const weak = season === 'Winter' && i === 3;
      const climate = `${i + 1}.0`;
      const quality = weak ? 0.46 : 0.84 + 0.03 * i;
      return { name: `${season}_${climate}`, attributes: `["${season}", ${climate}]`, quality };
    })
  );
}

const SEASONS = ['Spring', 'Summer', 'Autumn', 'Winter'];
const KEEP_GOOD: Work['drop'] = { operator: '<', threshold: 0.5 };
/** Sedna's own default: any score above 0.1 drops the task. */
const DROP_GOOD: Work['drop'] = { operator: '>', threshold: 0.1 };

function atciiWork(tasks: TaskSpec[], trainSeconds: number, evalSeconds: number, drop = KEEP_GOOD): Work {
  return { flavor: 'atcii', tasks, trainSeconds, evalSeconds, drop };
}

const FEW_TASKS = atciiTasks(['Autumn'], 2);

/** What most jobs of the cast have in common; each has its own dataset, 625 new samples start a round. */
export function job(
  parts: SimulationContext,
  name: string,
  change: Partial<LifelongOptions> & { perMinute?: number; initial?: number } = {}
): LifelongJob {
  const { perMinute = 50, initial = 700, ...options } = change;
  const namespace = options.namespace ?? 'default';
  const node = options.node ?? 'edge-node';
  const dataset =
    options.dataset ??
    new SimDataset(parts.kernel, parts.components, {
      namespace,
      name: `${name}-dataset`,
      url: `/data/${name}/trainData.csv`,
      format: 'csv',
      node,
      initial,
      perMinute,
    });
  return new LifelongJob(parts, {
    namespace,
    name,
    dataset,
    node,
    inferenceNode: node,
    trainProb: 0.8,
    trigger: { ...ALL_DAY, operator: '>', threshold: 500 },
    outputDir: '/output',
    image: ATCII_IMAGE,
    work: atciiWork(FEW_TASKS, 90, 40),
    ...options,
  });
}

/** Jobs that go well. */
export function healthyJobs(parts: SimulationContext): void {
  const { kernel, components } = parts;
  const file = { namespace: 'default', format: 'csv', initial: 800 } as const;
  const lifelong = new SimDataset(kernel, components, {
    ...file,
    name: 'lifelong-dataset',
    url: '/data/trainData.csv',
    node: 'edge-node',
    perMinute: 50,
  });
  const atcii = job(parts, 'atcii-classifier-demo', {
    dataset: lifelong,
    work: atciiWork(atciiTasks(SEASONS, 4), 240, 90),
    annotations: {
      'sedna.io/credential': '{"ACCESS_KEY_ID":"demo-not-a-key","SECRET_ACCESS_KEY":"demo-not-a-secret"}',
    },
  });
  recordScores(parts, atcii);
  kernel.spawn(atcii.run(), kernel.start + 5 * SECOND);

  const robo = new SimDataset(kernel, components, {
    namespace: 'default',
    name: 'lifelong-robo-dataset',
    url: 's3://kubeedge/sedna-robo/data/data.txt',
    format: 'txt',
    node: 'cloud-node',
    initial: 240,
    perMinute: 5,
    credentialName: 'robo-s3',
  });
  const tasks = [
    { name: 'real.model', attributes: '["real"]', quality: 0.32 },
    { name: 'sim.model', attributes: '["sim"]', quality: 0.58 },
  ];
  const roboJob = job(parts, 'robo-demo', {
    dataset: robo,
    node: 'cloud-node',
    inferenceNode: 'edge0',
    trigger: { ...ALL_DAY, operator: '>', threshold: 100 },
    outputDir: 's3://kubeedge/sedna-robo/robo-demo',
    image: ROBO_IMAGE,
    credentialName: 'robo-s3',
    work: { flavor: 'cityscapes', tasks, trainSeconds: 480, evalSeconds: 240, drop: { operator: '<', threshold: 0 } },
  });
  kernel.spawn(roboJob.run(), kernel.start + 11 * SECOND);

  // The same name in another namespace, with Sedna's default rule, which drops every good task.
  const twin = job(parts, 'atcii-classifier-demo', {
    namespace: 'factory',
    node: 'edge0',
    perMinute: 40,
    work: atciiWork(atciiTasks(['Summer', 'Winter'], 4), 150, 60, DROP_GOOD),
  });
  kernel.spawn(twin.run(), kernel.start + 17 * SECOND);

  // Its inference runs on the node that goes offline.
  const remote = job(parts, 'remote-site-demo', { namespace: 'factory', node: 'edge1', perMinute: 35 });
  kernel.spawn(remote.run(), kernel.start + 23 * SECOND);
}

/** A job that records its evaluation in the custom tables. */
function recordScores({ kernel, kb }: SimulationContext, recorded: LifelongJob): void {
  recorded.onEvaluated = ({ scores }) => {
    for (const [task, score] of scores) {
      kb.setMetric('Precision', task, Number(score.toFixed(4)));
      kb.setMetric('Recall', task, Number((score * 0.93).toFixed(4)));
    }
  };
  kernel.spawn(
    (function* (): Process {
      yield 2 * MINUTE;
      kb.defineMetric('Recall', 'model_name', 'Recall of the newest evaluation', null);
      kb.defineMetric('Precision', 'model_name', 'Precision of the newest evaluation', 1);
      kb.setMetric('Recall', 'baseline', 0.71);
      kb.setMetric('Precision', 'baseline', 0.74);
    })()
  );
}

/** One job for each way of being stuck that Sedna knows (facts: "Stuck signatures"), and one that cannot copy. */
export function stuckJobs(parts: SimulationContext): void {
  const { kernel, components } = parts;
  const from = (seconds: number) => kernel.start + seconds * SECOND;
  const missing = new SimDataset(kernel, components, {
    namespace: 'default',
    name: 'missing-dataset',
    url: '/data/missing/trainData.csv',
    format: 'csv',
    node: 'edge-node',
    initial: 0,
    perMinute: 0,
    unreadable: true,
  });
  kernel.spawn(job(parts, 'stuck-waiting-dataset', { dataset: missing }).run(), from(31));
  const refused = job(parts, 'stuck-ready-secret', { credentialName: 's3-secret' });
  kernel.spawn(
    refused.run(() => ({ train: 'refused' })),
    from(37)
  );
  const image = job(parts, 'stuck-starting-image', { image: `${ATCII_IMAGE}-missing`, node: 'edge0' });
  kernel.spawn(
    image.run(() => ({ train: 'image-pull' })),
    from(43)
  );
  const crash = job(parts, 'stuck-running-crash-loop', { node: 'edge0' });
  kernel.spawn(
    crash.run((round) => (round === 1 ? {} : { train: 'crash-loop' })),
    from(47)
  );
  const lost = job(parts, 'stuck-report-lost');
  kernel.spawn(
    lost.run(() => ({ train: 'report-lost' })),
    from(53)
  );
  const failing = job(parts, 'stuck-failing-loop', { perMinute: 160, restartPolicy: 'Never' });
  kernel.spawn(
    failing.run((round) => (round % 3 === 0 ? { eval: 'fail' } : { train: 'fail' })),
    from(59)
  );
  const old = job(parts, 'stuck-old-model', { node: 'edge0' });
  kernel.spawn(
    old.run((round) => ({ kbBroken: round > 1 })),
    from(61)
  );
  const copy = job(parts, 'stuck-deploy-copy');
  kernel.spawn(
    copy.run((round) => (round === 1 ? {} : { deploy: 'copy-fails' })),
    from(67)
  );
}

/** Jobs that look wrong and are not, or of which the history has a kink. */
export function oddJobs(parts: SimulationContext): void {
  const { kernel } = parts;
  const from = (seconds: number) => kernel.start + seconds * SECOND;
  const namespace = 'factory';

  const waiting = job(parts, 'odd-long-wait', { namespace, initial: 3560, usedSamples: 3200, perMinute: 0 });
  waiting.backdateRound(kernel.start - 20 * HOUR - 12 * MINUTE);
  kernel.spawn(waiting.run(), from(13));

  const hour = new Date(kernel.start).getUTCHours();
  const clock = (hours: number) => `${String((hour + hours) % 24).padStart(2, '0')}:00`;
  const trigger = { start: clock(8), end: clock(10), operator: '>', threshold: 500 } as const;
  const closed = job(parts, 'odd-closed-window', { namespace, trigger, initial: 2400, roundsBefore: 0 });
  kernel.spawn(closed.run(), from(19));

  const restarted = job(parts, 'odd-lc-restart', { namespace, node: 'edge0' });
  kernel.spawn(restarted.run(), from(29));
  kernel.spawn(restartLc(parts, 'edge0', [restarted]), kernel.start + 62 * MINUTE);

  const short = job(parts, 'odd-short-pod', { namespace, perMinute: 80 });
  kernel.spawn(
    short.run((round) => (round % 2 === 1 ? { eval: 'short' } : { train: 'short' })),
    from(41)
  );

  const late = job(parts, 'odd-late-report', { namespace });
  kernel.spawn(
    late.run((round) => (round === 2 ? { train: 'late-report' } : {})),
    from(49)
  );
}

function* restartLc({ components, kernel }: SimulationContext, node: string, jobs: LifelongJob[]): Process {
  const pod = components.lc(node);
  components.lcLog(
    node,
    'E',
    'websocket.go:90',
    'client received message from global manager(address: gm.sedna:9000) failed, error: websocket: close 1006 (abnormal closure): unexpected EOF'
  );
  pod.crash(137, 'OOMKilled');
  yield 4 * SECOND;
  pod.run();
  logLcStart(components, kernel, node);
  for (const { local, options } of jobs) {
    local.forget();
    options.dataset.forget();
  }
}
