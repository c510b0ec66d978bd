import { HOUR, SECOND } from '../clock';
import type { Kernel } from '../kernel';
import { lostModelTraceback, strategyTraceback, WorkerLog } from '../logs/workerLog';
import type { SimPod } from '../pods';
import type { Process } from '../types';
import type { Work } from './workers';

/**
 * Outcome of a stage with a pod.
 * - `refused`: the GM can't create the pod and only logs the error. The stage stays Ready.
 * - `image-pull`: the pod stays Pending, and the stage stays Starting.
 * - `crash-loop`: the container restarts, but the phase of the pod and the stage stay Running.
 * - `fail`: the pod fails, and the GM returns to Train/Waiting.
 * - `hangs`: the worker starts and makes no progress. The stage stays Running.
 * - `short`: the pod ends before the GM sees it run, so there is no Running condition.
 * - `report-lost`: the pod succeeds, and the stage is Completed without data. The next stage uses the model of an earlier
 *   round, or waits forever if there is none to evaluate.
 * - `pod-gone`: the pod is deleted while it runs, and the stage stays Running.
 * - `gm-stops`: the GM stops while the pod runs, so the end of the pod is never recorded.
 * - `poor`: the evaluation scores the models much lower than usual.
 * - `late-report`: the report arrives after the GM set Completed without data.
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

/** Factor of a poor evaluation: low enough to be noticed, but no task is dropped. */
const POOR_QUALITY_FACTOR = 0.7;

export const lowerQuality = (work: Work): Work => ({
  ...work,
  tasks: work.tasks.map((task) => ({ ...task, quality: task.quality * POOR_QUALITY_FACTOR })),
});

/** Waits forever. */
export function* waitForever(): Process {
  for (;;) {
    yield HOUR;
  }
}

/** Logs the start of a worker that then hangs. */
export function* hang(kernel: Kernel, pod: SimPod): Process {
  new WorkerLog(pod, () => kernel.now).trainStart(1, 0, 'Autumn_1.0');
  yield* waitForever();
}

/** Fails to pull the image. Kubelet retries forever, finally every 300 s. */
export function* failImagePull(pod: SimPod): Process {
  const cause = `failed to pull and unpack image "docker.io/${pod.spec.image}": not found`;
  for (let pause = 10; ; pause = Math.min(pause * 2, 300)) {
    pod.wait('ErrImagePull', `rpc error: code = NotFound desc = ${cause}`);
    yield 12 * SECOND;
    pod.wait('ImagePullBackOff', `Back-off pulling image "${pod.spec.image}"`);
    yield pause * SECOND;
  }
}

/** Crashes the worker repeatedly with exit code 1. Kubelet's back-off grows from 10 s to 300 s. */
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

/** Fails the worker and its pod, which has the restart policy Never. */
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

/** Loses the report of a worker that can't reach its LC: five attempts 3 s apart and an error, but exit code 0. */
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
