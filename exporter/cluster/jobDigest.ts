import { STAGE_CONDITIONS, STAGES, type KindName, type Stage, type StageCondition } from '../../src/sedna/kinds';
import type { Problem } from './causes';
import { labelValue, modelsOf, modelUrls, numbersByKey } from './conditionData';
import { readConditions, transitionIndex, type Carrier, type ConditionHistory } from './conditions';
import { at, parseNumber } from './values';

/** One series of an object, without the labels that name it. */
export interface ObjectSeries {
  metric: string;
  labels: Readonly<Record<string, string>>;
  value: number;
}

/** What a job of two or three stages comes to. */
export interface JobDigest {
  /** All series but the counters. */
  series: ObjectSeries[];
  /** Conditions written, by {@link transitionIndex}. */
  transitions: number[];
}

/**
 * Reduces a lifelong or incremental learning job to its series.
 * @param job an object as the API server sends it; anything is taken
 */
export function digestJob(job: unknown, problems: Problem[]): JobDigest {
  const history = readConditions(listAt(job, problems, 'status', 'conditions'), problems);
  const series: ObjectSeries[] = [];
  const add = (metric: string, value: number | undefined, labels: Record<string, string> = {}) => {
    if (value !== undefined) {
      series.push({ metric, labels, value });
    }
  };
  add('sedna_job_round', history.round);
  add('sedna_job_last_transition_timestamp_seconds', history.lastTransition);
  history.durations.forEach((seconds, stage) => add('sedna_job_stage_duration_seconds', seconds, { stage }));
  for (const stage of ['Train', 'Eval'] as const) {
    const completed = history.newest.get(`${stage}/Completed`);
    add('sedna_job_completed_without_data', completed && (completed.data ? 0 : 1), { stage });
  }
  addTrigger(job, problems, add);
  for (const [role, urls] of modelsByRole(job, history, problems)) {
    urls.forEach((url) => add('sedna_job_model_info', 1, { role, url }));
  }
  evalMetrics(history.newest.get('Eval/Completed'), problems).forEach((value, metric) =>
    add('sedna_job_eval_metric', value, { metric })
  );
  for (const status of history.deployment ? (['Waiting', 'Ok'] as const) : []) {
    add('sedna_job_deploy_status', history.deployment === status ? 1 : 0, { status });
  }
  return { series, transitions: history.transitions };
}

/**
 * The counters of a job, 0 where a condition was not written yet, so that its first one is an increase. The number of
 * them is constant: lifelong learning never writes Deploy/Starting or Deploy/Running, so these are left out of it.
 */
export function transitionSeries(kind: KindName, transitions: readonly number[]): ObjectSeries[] {
  const isWritten = (stage: Stage, condition: StageCondition) =>
    kind !== 'LifelongLearningJob' || stage !== 'Deploy' || (condition !== 'Starting' && condition !== 'Running');
  return STAGES.flatMap((stage) =>
    STAGE_CONDITIONS.flatMap((condition) => {
      const value = transitions[transitionIndex(stage, condition)];
      const series = { metric: 'sedna_job_condition_transitions_total', labels: { stage, condition }, value };
      return value > 0 || isWritten(stage, condition) ? [series] : [];
    })
  );
}

/** A list of an object; what is there and is none is a problem, and empty. */
export function listAt(object: unknown, problems: Problem[], ...path: readonly string[]): readonly unknown[] {
  const value = at(object, ...path) ?? [];
  if (Array.isArray(value)) {
    return value;
  }
  problems.push({ cause: 'invalid_object', where: path.join('.') });
  return [];
}

type Add = (metric: string, value: number | undefined, labels?: Record<string, string>) => void;

function addTrigger(job: unknown, problems: Problem[], add: Add): void {
  const trigger = (...path: string[]) => at(job, 'spec', 'trainSpec', 'trigger', ...path);
  if (trigger('condition') === undefined) {
    return;
  }
  const where = 'spec.trainSpec.trigger';
  const label = (...path: string[]) => labelValue(trigger(...path), `${where}.${path.join('.')}`, problems) ?? '';
  add('sedna_job_trigger_info', 1, {
    operator: label('condition', 'operator'),
    metric: label('condition', 'metric'),
    window_start: label('timer', 'start'),
    window_end: label('timer', 'end'),
  });
  const threshold = trigger('condition', 'threshold');
  const number = parseNumber(threshold);
  if (threshold !== undefined && threshold !== null && number === undefined) {
    problems.push({ cause: 'not_a_number', where: `${where}.condition.threshold` });
  }
  add('sedna_job_trigger_threshold', number);
}

function modelsByRole(job: unknown, history: ConditionHistory, problems: Problem[]): Array<[string, string[]]> {
  const urls = (carrier: Carrier | undefined, side: 'input' | 'output') =>
    carrier ? modelUrls(modelsOf(carrier.data, side, carrier.where, problems), carrier.where, problems) : [];
  const base = new Set([...urls(history.newest.get('Train/Ready'), 'input'), ...baseModels(job, problems)]);
  return [
    ['trained', urls(history.trained, 'output')],
    // Of lifelong learning, Train/Ready names no model, and Sedna's own environment of a worker no base model.
    ['base', [...base]],
    ['evaluated', urls(history.newest.get('Eval/Ready'), 'input')],
    ['deployed', urls(history.newest.get('Deploy/Ready'), 'input')],
  ];
}

/** MODEL_URLS as the user's template for training pods sets it, in one piece as it is written there. */
function baseModels(job: unknown, problems: Problem[]): string[] {
  const where = 'spec.trainSpec.template';
  const containers = listAt(job, problems, 'spec', 'trainSpec', 'template', 'spec', 'containers');
  const models = containers.flatMap((container) =>
    listAt(container, problems, 'env')
      .filter((variable) => at(variable, 'name') === 'MODEL_URLS')
      .map((variable) => ({ url: at(variable, 'value') }))
  );
  return modelUrls(models, `${where} MODEL_URLS`, problems);
}

/** Metrics of the first model that has any. */
function evalMetrics(completed: Carrier | undefined, problems: Problem[]): Map<string, number> {
  const models = modelsOf(completed?.data, 'output', completed?.where ?? '', problems);
  const given = models.map(({ metrics }) => metrics).find((metrics) => metrics !== undefined && metrics !== null);
  if (given === undefined) {
    return new Map();
  }
  const where = `${completed?.where} metrics`;
  if (typeof given !== 'object' || Array.isArray(given)) {
    problems.push({ cause: 'malformed_data', where });
    return new Map();
  }
  return numbersByKey(Object.entries(given as object), where, problems);
}
