import { SECOND } from '../clock';
import type { KnowledgeBase, TaskUpdate } from '../knowledge-base/knowledgeBase';
import { WorkerLog } from '../logs/workerLog';
import { getNodeIp } from '../nodes';
import type { SimPod } from '../pods';
import type { Random } from '../random';
import type { Process } from '../types';

/** A known task of a job: name in the KB, attributes as JSON, and mean score of its model, from 0 to 1. */
export interface TaskSpec {
  name: string;
  attributes: string;
  quality: number;
}

/** Workload of a job: `atcii` classifies by season and climate, `cityscapes` segments images. */
export interface Work {
  flavor: 'atcii' | 'cityscapes';
  tasks: readonly TaskSpec[];
  /** Duration of training and evaluation. */
  trainSeconds: number;
  evalSeconds: number;
  /** Drops a task if `score operator threshold` holds. The default of Sedna, `> 0.1`, drops good tasks. */
  drop: { operator: '<' | '>'; threshold: number };
}

/** Fault of an inference worker. */
export interface InferenceFault {
  /** Time from which the worker logs nothing, in milliseconds since the epoch. */
  silentFrom?: number;
  /** Whether each sample causes an error. */
  errors?: boolean;
}

export interface WorkContext {
  now: () => number;
  random: Random;
  kb: KnowledgeBase;
  work: Work;
  round: number;
  /** `/output` or an S3 URL. */
  outputDir: string;
  inferenceFault?: InferenceFault;
}

/** Runs a training up to its report. */
export function* train(pod: SimPod, context: WorkContext, samples: number): Process {
  const { now, random, kb, work, round, outputDir } = context;
  const log = new WorkerLog(pod, now);
  const ip = getNodeIp(pod.spec.node);
  if (round > 1) {
    log.downloadIndex(round, outputDir);
  }
  const taskMs = (work.trainSeconds * SECOND * 0.8) / work.tasks.length;
  const updates: TaskUpdate[] = [];
  for (const [index, task] of work.tasks.entries()) {
    const taskSamples = Math.max(1, Math.round(random.around(samples / work.tasks.length, 0.3)));
    log.trainStart(round, index, task.name);
    if (work.flavor === 'cityscapes') {
      yield* logEpochs(log, random, taskMs, taskSamples);
    } else {
      yield* logBoosting(log, random, taskMs);
    }
    updates.push({ task: task.name, attributes: task.attributes, samples: taskSamples });
  }
  if (work.flavor === 'atcii') {
    log.line('seen_task_learning.py(251)', `Sample ${random.int(3, 9)} of Summer_4.0 will be merge`);
    const losses = work.tasks.map((task) => `'${task.name}': {'mlogloss': ${(1 - task.quality).toFixed(2)}}`);
    log.print(`{${losses.join(', ')}}`);
  }
  for (const update of updates) {
    yield (work.trainSeconds * SECOND * 0.2) / work.tasks.length;
    log.uploaded(update.task);
    kb.upload(ip);
    kb.upload(ip);
  }
  log.extractorsUploaded();
  kb.upload(ip);
  kb.upload(ip);
  kb.update(ip, updates);
  log.trainFinished(round, `${outputDir.replace('s3://', '/')}/train/${round}/index.pkl`);
}

function* logBoosting(log: WorkerLog, random: Random, durationMs: number): Process {
  const steps = 30;
  let loss = 1.6;
  for (let i = 0; i < steps; i++) {
    loss *= random.around(0.955, 0.02);
    log.print(`[${i * 10}]\tvalidation_0-mlogloss:${loss.toFixed(5)}`);
    yield durationMs / steps;
  }
}

function* logEpochs(log: WorkerLog, random: Random, durationMs: number, images: number): Process {
  const steps = Math.max(4, Math.floor(durationMs / 3000));
  let loss = 2.4;
  for (let i = 0; i < steps; i++) {
    loss *= random.around(0.97, 0.04);
    log.line('train.py(160)', `Loss: ${loss.toFixed(3)}`);
    if (i % 20 === 19) {
      log.tqdm('Train', images, 0.42);
    }
    yield durationMs / steps;
  }
  log.line('train.py(157)', `[Epoch: 0, numImages: ${String(images).padStart(5)}]`);
}

/** Result of an evaluation. */
export interface EvalResult {
  /** Metrics in the report. */
  metrics: Record<string, number>;
  /** Scores by task. */
  scores: Map<string, number>;
}

/**
 * Runs an evaluation up to its report.
 * @param kbBroken the KB lost its index: the status update fails, but the worker continues
 */
export function* evaluate(pod: SimPod, context: WorkContext, kbBroken: boolean): Process<EvalResult> {
  const { now, random, kb, work, round, outputDir } = context;
  const log = new WorkerLog(pod, now);
  const ip = getNodeIp(pod.spec.node);
  const metric = work.flavor === 'atcii' ? 'precision_score' : 'mIoU';
  const { operator, threshold } = work.drop;
  const scores = new Map<string, number>();
  const kept: string[] = [];
  log.line(
    'lifelong_learning.py(392)',
    `Download kb index from /home/data${outputDir.replace('s3://', '/')}/train/${round}/index.pkl to index.pkl`
  );
  for (const task of work.tasks) {
    kb.download(ip, `${task.name}.model`);
    yield (work.evalSeconds * SECOND * 0.9) / work.tasks.length;
    if (work.flavor === 'cityscapes') {
      log.tqdm('Val', random.int(40, 60), 0.31);
    }
    const score = Math.min(0.99, Math.max(0.01, random.around(task.quality, 0.06)));
    scores.set(task.name, score);
    log.score(task.name, metric, score);
    if (operator === '<' ? score < threshold : score > threshold) {
      log.dropped(task.name, operator, threshold);
    } else {
      kept.push(task.name);
    }
  }
  const mean = [...scores.values()].reduce((sum, score) => sum + score, 0) / scores.size;
  if (work.flavor === 'cityscapes') {
    log.line(
      'accuracy.py(46)',
      `CPA:${(mean + 0.07).toFixed(3)}, mIoU:${mean.toFixed(3)}, fwIoU: ${(mean + 0.3).toFixed(3)}`
    );
  }
  if (kbBroken) {
    kb.failStatus(ip);
    log.kbUpdateFailed();
  } else {
    kb.updateStatus(ip, kept);
  }
  log.line(
    'lifelong_learning.py(543)',
    'Deploy http://kb.sedna:9020/knowledgebase/file/download?files=index.pkl&name=index.pkl to the edge.'
  );
  yield work.evalSeconds * SECOND * 0.1;
  log.line('lifelong_learning.py(398)', 'Task evaluation finishes.');
  return { metrics: { [metric]: Number(mean.toFixed(4)) }, scores };
}

/** Runs inference until `isAlive` returns false. */
export function* infer(pod: SimPod, context: WorkContext, isAlive: () => boolean): Process {
  const { now, random, work } = context;
  const log = new WorkerLog(pod, now);
  log.line(
    'lifelong_learning.py(452)',
    `Download kb index from /home/data${context.outputDir.replace('s3://', '/')}/deploy/index.pkl to /var/lib/sedna/kb/index.pkl`
  );
  log.line('lifelong_learning.py(456)', 'Deploying tasks to the edge.');
  for (const task of work.tasks) {
    log.line('edge_knowledge_management.py(125)', `Download ${task.name} to the edge.`);
  }
  log.line('edge_knowledge_management.py(186)', 'Model hot update service starts.');
  for (let image = 0; isAlive(); image++) {
    yield random.around(work.flavor === 'cityscapes' ? 2500 : 9000, 0.4);
    if (!isAlive()) {
      return;
    }
    // The default algorithm of Sedna decides at random whether a sample is unseen.
    const unseen = random.next() < 0.5;
    if (now() >= (context.inferenceFault?.silentFrom ?? Infinity)) {
      continue;
    }
    if (context.inferenceFault?.errors) {
      log.line(
        'edge_knowledge_management.py(62)',
        'Load task index failed. KB deployment to the edge failed.',
        'ERROR'
      );
      continue;
    }
    if (work.flavor === 'cityscapes') {
      log.line('predict.py(87)', `Start to inference image ${image}`);
      log.line('predict.py(93)', `Image ${image} is unseen task: ${unseen ? 'True' : 'False'}`);
      if (!unseen) {
        log.line(
          'predict.py(101)',
          `Image ${image} prediction result: (${random.int(1, 24)}, ${random.next().toFixed(3)})`
        );
      }
    }
    if (unseen) {
      log.line('lifelong_learning.py(466)', 'Unseen task is detected.');
      if (image % 10 === 0) {
        log.line('edge_knowledge_management.py(154)', 'Unseen sample uploading completes.');
      }
    }
  }
}
