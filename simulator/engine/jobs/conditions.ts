import type { Stage, StageCondition } from '../../../src/sedna/kinds';
import { rfc3339 } from '../clock';
import type { KubeObject } from '../types';

/** One entry of `status.conditions` of a staged job. Sedna's Go types leave an empty string out. */
export interface StagedCondition {
  type: StageCondition;
  status: 'True';
  stage: Stage;
  lastHeartbeatTime: string;
  lastTransitionTime: string;
  message?: string;
  /** A JSON string, as {@link inputData} and {@link outputData} make it. */
  data?: string;
}

/** What the local controller's reports carry as a model; `classes` is there always, null when empty. */
export interface ModelData {
  format: string;
  url: string;
  metrics?: Record<string, number>;
  classes: string[] | null;
}

export interface InputData {
  models?: ModelData[];
  dataURL?: string;
  dataIndexURL?: string;
  outputDir?: string;
}

export const REPORTED_BY_LC = 'reported by lc';

/** A model as reports name it; key order is the order in which Go's encoder writes them. */
export function model(url: string, format = 'pkl', metrics?: Record<string, number>): ModelData {
  return metrics ? { format, url, metrics, classes: null } : { format, url, classes: null };
}

/** `data` of a Ready condition. */
export function inputData(input: InputData): string {
  return JSON.stringify({ input });
}

/** `data` of a Completed condition. */
export function outputData(models: ModelData[]): string {
  return JSON.stringify({ output: { models } });
}

/** Appends a condition to a staged job; nothing is ever trimmed or merged. */
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
  job.status.conditions.push(condition);
}

/** The conditions of a staged job, oldest first. */
export function getConditions(job: KubeObject): StagedCondition[] {
  return job.status?.conditions ?? [];
}

/** What GM puts into `status.knowledgeBase`: nothing in Sedna sends figures, so all are zero. */
export function emptyKnowledgeBase() {
  return {
    AIModels: { numberOfAIModels: 0 },
    AIClasses: { numberOfAIClasses: 0 },
    samples: { numberOfLabeledUnseenSample: 0, numberOfUnseenSample: 0 },
  };
}
