import { flattenMetrics } from '../../../src/sedna/conditions/conditionJson';
import { STAGE_CONDITIONS, STAGES, type KindName, type Stage, type StageCondition } from '../../../src/sedna/kinds';
import { getModelVersions, type ModelVersion } from '../../../src/sedna/kinds/shared/models';
import type { ObjectIssue } from '../errors';
import { toLabelValue, getModels, toModelUrls, toNumbersByKey } from './conditionData';
import {
  toConditionHistory,
  getTransitionIndex,
  type CurrentCondition,
  type ConditionHistory,
} from './conditionHistory';
import { toTrace, type ConditionTrace } from './conditionLosses';
import { getPath, parseNumber, type JsonObject } from './values';

/** One series of an object, without the labels that identify the object. */
export interface ObjectSeries {
  metric: string;
  labels: Readonly<Record<string, string>>;
  value: number;
}

/** Metrics of a job with stages. */
export interface JobMetrics {
  /** All series except counters. */
  series: ObjectSeries[];
  /** Number of conditions, indexed by {@link getTransitionIndex}. */
  transitions: number[];
  /** What `addLosses` compares with the next version. */
  trace: ConditionTrace;
}

/** Extracts the series of a lifelong or incremental learning job. @param job any JSON from the API server */
export function extractJobMetrics(kind: KindName, job: unknown, issues: ObjectIssue[]): JobMetrics {
  const history = toConditionHistory(getArray(job, issues, 'status', 'conditions'), issues);
  const series: ObjectSeries[] = [];
  const add = (metric: string, value: number | undefined, labels: Record<string, string> = {}) => {
    if (value !== undefined) {
      series.push({ metric, labels, value });
    }
  };
  add('sedna_job_round', history.round);
  add('sedna_job_last_transition_timestamp_seconds', history.lastTransitionSeconds);
  add('sedna_job_state_start_timestamp_seconds', history.stateStartSeconds);
  history.durationSeconds.forEach((seconds, stage) => add('sedna_job_stage_duration_seconds', seconds, { stage }));
  history.failuresInARow.forEach((count, stage) => add('sedna_job_consecutive_failures', count, { stage }));
  for (const stage of ['Train', 'Eval'] as const) {
    const completed = history.newest.get(`${stage}/Completed`);
    add('sedna_job_completed_without_data', completed && (completed.isDataMissing ? 1 : 0), { stage });
  }
  addTrigger(job, issues, add);
  for (const [role, stage, urls] of getModelUrlsByRole(job, history, issues)) {
    const versions = getModelVersions(kind, stage, urls.length);
    urls.forEach((url, place) =>
      add('sedna_job_model_info', 1, { role, url, ...(versions && { model_version: versions[place] }) })
    );
  }
  const evaluated = getEvalMetrics(kind, history.newest.get('Eval/Completed'), issues);
  evaluated.new.forEach((value, metric) => add('sedna_job_eval_metric', value, { metric }));
  evaluated.old.forEach((value, metric) => add('sedna_job_compared_metric', value, { metric }));
  for (const status of history.deployment ? (['Waiting', 'Ok'] as const) : []) {
    add('sedna_job_deploy_status', history.deployment === status ? 1 : 0, { status });
  }
  return { series, transitions: history.transitions, trace: toTrace(history.codes) };
}

/**
 * Returns the counters of a job, starting at 0 so that the first condition is an increase. Their number is constant;
 * lifelong learning never writes Deploy/Starting or Deploy/Running, so it has no series for them.
 */
export function toTransitionSeries(kind: KindName, transitions: readonly number[]): ObjectSeries[] {
  const isWritten = (stage: Stage, condition: StageCondition) =>
    kind !== 'LifelongLearningJob' || stage !== 'Deploy' || (condition !== 'Starting' && condition !== 'Running');
  return STAGES.flatMap((stage) =>
    STAGE_CONDITIONS.flatMap((condition) => {
      const value = transitions[getTransitionIndex(stage, condition)];
      const series = { metric: 'sedna_job_condition_transitions_total', labels: { stage, condition }, value };
      return value > 0 || isWritten(stage, condition) ? [series] : [];
    })
  );
}

/** Returns an array in an object, empty if missing. Reports any other type and returns an empty array. */
export function getArray(object: unknown, issues: ObjectIssue[], ...path: readonly string[]): readonly unknown[] {
  const value = getPath(object, ...path) ?? [];
  if (Array.isArray(value)) {
    return value;
  }
  issues.push({ cause: 'invalid_object', where: path.join('.') });
  return [];
}

type AddSeries = (metric: string, value: number | undefined, labels?: Record<string, string>) => void;

function addTrigger(job: unknown, issues: ObjectIssue[], add: AddSeries): void {
  const trigger = (...path: string[]) => getPath(job, 'spec', 'trainSpec', 'trigger', ...path);
  if (trigger('condition') === undefined) {
    return;
  }
  const where = 'spec.trainSpec.trigger';
  const label = (...path: string[]) => toLabelValue(trigger(...path), `${where}.${path.join('.')}`, issues) ?? '';
  add('sedna_job_trigger_info', 1, {
    operator: label('condition', 'operator'),
    metric: label('condition', 'metric'),
    window_start: label('timer', 'start'),
    window_end: label('timer', 'end'),
  });
  const threshold = trigger('condition', 'threshold');
  const number = parseNumber(threshold);
  if (threshold !== undefined && threshold !== null && number === undefined) {
    issues.push({ cause: 'not_a_number', where: `${where}.condition.threshold` });
  }
  add('sedna_job_trigger_threshold', number);
}

/** Returns the URLs of the models in each role, with the stage that lists them. */
function getModelUrlsByRole(
  job: unknown,
  history: ConditionHistory,
  issues: ObjectIssue[]
): Array<[role: string, stage: Stage, urls: string[]]> {
  const urls = (condition: CurrentCondition | undefined, side: 'input' | 'output') =>
    condition ? toModelUrls(getModels(condition.data, side, condition.where, issues), condition.where, issues) : [];
  const base = new Set([...urls(history.newest.get('Train/Ready'), 'input'), ...getBaseModelUrls(job, issues)]);
  return [
    ['trained', 'Train', urls(history.lastTrained, 'output')],
    // In lifelong learning, neither Train/Ready nor the environment that Sedna sets names a base model.
    ['base', 'Train', [...base]],
    ['evaluated', 'Eval', urls(history.newest.get('Eval/Ready'), 'input')],
    ['deployed', 'Deploy', urls(history.newest.get('Deploy/Ready'), 'input')],
  ];
}

/** Returns MODEL_URLS from the user's template for training pods, not split. */
function getBaseModelUrls(job: unknown, issues: ObjectIssue[]): string[] {
  const where = 'spec.trainSpec.template';
  const containers = getArray(job, issues, 'spec', 'trainSpec', 'template', 'spec', 'containers');
  const models = containers.flatMap((container) =>
    getArray(container, issues, 'env')
      .filter((variable) => getPath(variable, 'name') === 'MODEL_URLS')
      .map((variable) => ({ url: getPath(variable, 'value') }))
  );
  return toModelUrls(models, `${where} MODEL_URLS`, issues);
}

/** Returns the metrics of the evaluated model, and those of the model that it is compared with. */
function getEvalMetrics(
  kind: KindName,
  completed: CurrentCondition | undefined,
  issues: ObjectIssue[]
): Record<ModelVersion, Map<string, number>> {
  const models = getModels(completed?.data, 'output', completed?.where ?? '', issues);
  const where = `${completed?.where} metrics`;
  const hasMetrics = ({ metrics }: JsonObject) => metrics !== undefined && metrics !== null;
  const versions = getModelVersions(kind, 'Eval', models.length);
  const find = (version: ModelVersion) => versions && models[versions.indexOf(version)];
  return {
    new: toMetrics((find('new') ?? models.find(hasMetrics))?.metrics, where, issues),
    old: toMetrics(find('old')?.metrics, `${where} of the old model`, issues),
  };
}

function toMetrics(metrics: unknown, where: string, issues: ObjectIssue[]): Map<string, number> {
  if (metrics === undefined || metrics === null) {
    return new Map();
  }
  if (typeof metrics !== 'object' || Array.isArray(metrics)) {
    issues.push({ cause: 'malformed_data', where });
    return new Map();
  }
  return toNumbersByKey(flattenMetrics(metrics), where, issues);
}
