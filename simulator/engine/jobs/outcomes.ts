import { HOUR, SECOND } from '../clock';
import type { Kernel } from '../kernel';
import { lostModelTraceback, strategyTraceback, WorkerLog } from '../logs/workerLog';
import type { SimPod } from '../pods';
import type { Process } from '../types';
import type { Work } from './workers';

/**
 * How a stage with a pod goes.
 * - `refused`: GM cannot create the pod, and says so only in its log: Ready for ever.
 * - `image-pull`: the pod stays Pending: Starting for ever.
 * - `crash-loop`: the container restarts, the pod's phase stays Running: Running for ever.
 * - `fail`: the pod fails; GM goes back to Train/Waiting.
 * - `hangs`: the worker starts and does nothing more: Running for ever.
 * - `short`: the pod ends before GM sees it run: no Running condition.
 * - `report-lost`: exit code 0, Completed without data: what follows takes the model of an earlier round; without any
 *   to evaluate it waits for ever.
 * - `pod-gone`: somebody deletes the pod while it runs, and the stage waits for it for ever.
 * - `gm-stops`: the GM goes away while the pod runs: it ends, and nobody writes that.
 * - `poor`: the evaluation finds the models much worse than usual.
 * - `late-report`: the report comes after GM's own Completed.
 */
export type Outcome =
  | 'ok'
  | 'refused'
  | 'image-pull'
  | 'crash-loop'
  | 'fail'
  | 'hangs'
  | 'short'
  | 'pod-gone'
  | 'gm-stops'
  | 'report-lost'
  | 'poor'
  | 'late-report';

/** Share of its usual quality that a poor evaluation finds: enough to be told, and no task is dropped for it. */
const POOR_QUALITY_FACTOR = 0.7;

export const lowerQuality = (work: Work): Work => ({
  ...work,
  tasks: work.tasks.map((task) => ({ ...task, quality: task.quality * POOR_QUALITY_FACTOR })),
});

/** Nothing happens any more. */
export function* waitForever(): Process {
  for (;;) {
    yield HOUR;
  }
}

/** The worker says that it starts, and no more. */
export function* hang(kernel: Kernel, pod: SimPod): Process {
  new WorkerLog(pod, () => kernel.now).trainStart(1, 0, 'Autumn_1.0');
  yield* waitForever();
}

/** The image cannot be pulled: kubelet tries again for ever, 300 s apart in the end. */
export function* failImagePull(pod: SimPod): Process {
  const cause = `failed to pull and unpack image "docker.io/${pod.spec.image}": not found`;
  for (let pause = 10; ; pause = Math.min(pause * 2, 300)) {
    pod.wait('ErrImagePull', `rpc error: code = NotFound desc = ${cause}`);
    yield 12 * SECOND;
    pod.wait('ImagePullBackOff', `Back-off pulling image "${pod.spec.image}"`);
    yield pause * SECOND;
  }
}

/** The worker dies with exit code 1 after some seconds, each time; kubelet's pauses grow from 10 s to 300 s. */
export function* crashLoop(kernel: Kernel, pod: SimPod): Process {
  for (let pause = 10; ; pause = Math.min(pause * 2, 300)) {
    yield* crashWorker(kernel, pod);
    pod.crash(1, 'Error');
    yield SECOND;
    const text = `back-off ${pause}s restarting failed container=${pod.spec.container} pod=${pod.name}_${pod.spec.namespace}`;
    pod.wait('CrashLoopBackOff', text);
    yield pause * SECOND;
    pod.run();
  }
}

/** The worker dies and the pod with it (its template asks for no restart). */
export function* failStage(kernel: Kernel, pod: SimPod, stage: 'Train' | 'Eval'): Process {
  if (stage === 'Train') {
    yield* crashWorker(kernel, pod);
  } else {
    const log = new WorkerLog(pod, () => kernel.now);
    log.line('lifelong_learning.py(392)', 'Download kb index from /home/data/output/train/1/index.pkl to index.pkl');
    yield 8 * SECOND;
    lostModelTraceback(log);
  }
  pod.finish(1);
  yield SECOND;
}

function* crashWorker(kernel: Kernel, pod: SimPod): Process {
  const log = new WorkerLog(pod, () => kernel.now);
  log.downloadIndex(2, '/output');
  yield 6 * SECOND;
  log.trainStart(2, 0, 'Autumn_1.0');
  yield 9 * SECOND;
  strategyTraceback(log);
}

/** The worker cannot reach its LC: five tries 3 s apart, an error, and exit code 0 all the same. */
export function* loseReport(kernel: Kernel, pod: SimPod): Process {
  const log = new WorkerLog(pod, () => kernel.now);
  const worker = pod.object.spec.containers[0].env.find(
    (entry: { name: string }) => entry.name === 'WORKER_NAME'
  ).value;
  for (let i = 0; i < 5; i++) {
    log.reportRefused(`http://localhost:9100/sedna/workers/${worker}/info`);
    yield 3 * SECOND;
  }
  log.reportLost();
}
