import type { Stage, StageCondition } from '../../../src/sedna/kinds';
import { rfc3339 } from '../clock';
import type { KubeObject } from '../types';

/** Entry of `status.conditions` of a staged job. Sedna's Go types omit empty strings. */
export interface StagedCondition {
  type: StageCondition;
  status: 'True';
  stage: Stage;
  lastHeartbeatTime: string;
  lastTransitionTime: string;
  message?: string;
  /** JSON text. Refer to {@link inputData} and {@link outputData}. */
  data?: string;
}

/** Model in the reports of a local controller. An empty `classes` is null. */
export interface ModelData {
  format: string;
  url: string;
  /** A number, or one for each class. */
  metrics?: Readonly<Record<string, number | readonly number[]>>;
  classes: string[] | null;
}

export interface InputData {
  models?: ModelData[];
  dataURL?: string;
  dataIndexURL?: string;
  outputDir?: string;
}

export const REPORTED_BY_LC = 'reported by lc';

/** Creates a model of a report. Its keys have the order of Go's encoder. */
export function model(url: string, format = 'pkl', metrics?: ModelData['metrics']): ModelData {
  return metrics ? { format, url, metrics, classes: null } : { format, url, classes: null };
}

/** Formats `data` of a Ready condition. */
export function inputData(input: InputData): string {
  return JSON.stringify({ input });
}

/** Formats `data` of a Completed condition. */
export function outputData(models: ModelData[]): string {
  return JSON.stringify({ output: { models } });
}

/** Appends a condition to a staged job. Like Sedna, never trims or merges conditions. */
export function appendCondition(
  job: KubeObject,
  stage: Stage,
  type: StageCondition,
  at: number,
  report?: { message?: string; data?: string }
): void {
  const time = rfc3339(at);
  const condition: StagedCondition = {
    type,
    status: 'True',
    stage,
    lastHeartbeatTime: time,
    lastTransitionTime: time,
    ...(report?.message ? { message: report.message } : {}),
    ...(report?.data ? { data: report.data } : {}),
  };
  job.status ??= {};
  job.status.conditions ??= [];
  job.status.startTime ??= time;
  if (job.kind === 'LifelongLearningJob') {
    job.status.knowledgeBase ??= emptyKnowledgeBase();
  }
  job.status.conditions.push(condition);
}

/** Returns the conditions of a staged job, oldest first. */
export function getConditions(job: KubeObject): StagedCondition[] {
  return job.status?.conditions ?? [];
}

/** Creates `status.knowledgeBase`. Sedna never updates its numbers, so all are zero. */
export function emptyKnowledgeBase() {
  return {
    AIModels: { numberOfAIModels: 0 },
    AIClasses: { numberOfAIClasses: 0 },
    samples: { numberOfLabeledUnseenSample: 0, numberOfUnseenSample: 0 },
  };
}

/** Formats an RFC 3339 time like Go: `2026-11-23 08:41:16 +0000 UTC`. */
function formatGoTime(rfc: string): string {
  return `${rfc.slice(0, 10)} ${rfc.slice(11, 19)} +0000 UTC`;
}

/** Formats a condition like Go's fmt, as the logs of Sedna contain it. */
export function formatCondition(condition: StagedCondition): string {
  const { type, status, stage, lastHeartbeatTime, lastTransitionTime, message, data } = condition;
  const times = `${formatGoTime(lastHeartbeatTime)} ${formatGoTime(lastTransitionTime)}`;
  return `{${type} ${status} ${stage} ${times}  ${message ?? ''} ${data ?? ''}}`;
}
