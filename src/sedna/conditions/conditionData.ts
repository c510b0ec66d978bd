/**
 * Parser of `conditions[].data` of a job with stages, a JSON string from the local controller. It may be truncated, of
 * another version, or missing, so parsing never throws and leaves out what isn't valid.
 */
import { flattenMetrics, isEmptyJson, parseJson } from './conditionJson';
import type { ModelVersion } from '../kinds/shared/models';

/** Value of an evaluation metric; text if it isn't a number. */
export type MetricValue = number | string;

export interface ConditionModel {
  url: string;
  format?: string;
  /** Evaluation metrics by name, as `precision[0]` for an element of a list; empty if the report has none. */
  metrics: Readonly<Record<string, MetricValue>>;
  /** Absent unless the job compares two models. */
  version?: ModelVersion;
}

export interface ConditionInput {
  models: readonly ConditionModel[];
  dataUrl?: string;
  dataIndexUrl?: string;
  outputDir?: string;
}

export interface ConditionOutput {
  models: readonly ConditionModel[];
}

/** `absent`: no data. `unknown`: the source (metrics) has no data. `malformed`: not a JSON object. */
export type ConditionData =
  | { state: 'absent' }
  | { state: 'unknown' }
  | { state: 'malformed'; text: string }
  /** `isEmpty`: the object has no content. */
  | { state: 'parsed'; input?: ConditionInput; output?: ConditionOutput; isEmpty?: true };

type Unknown = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Returns a text that isn't empty, or undefined. */
export const toText = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** Maximum number of metrics of a model that are kept. */
const MAX_METRICS = 1_000;

function parseMetrics(value: unknown): Record<string, MetricValue> {
  const metrics: Record<string, MetricValue> = {};
  let count = 0;
  for (const [name, metric] of isObject(value) ? flattenMetrics(value) : []) {
    if (typeof metric === 'number' || typeof metric === 'string') {
      metrics[name] = metric;
    }
    if (++count === MAX_METRICS) {
      break;
    }
  }
  return metrics;
}

function parseModel(value: unknown): ConditionModel[] {
  const url = isObject(value) ? toText(value.url) : undefined;
  if (!isObject(value) || url === undefined) {
    return [];
  }
  return [{ url, format: toText(value.format), metrics: parseMetrics(value.metrics) }];
}

/** Parses the models of a report, which has one `model`, several `models`, or both. */
function parseModels({ model, models }: Unknown): ConditionModel[] {
  const found = [...(Array.isArray(models) ? models : []), model].flatMap(parseModel);
  return found.filter(({ url }, index) => found.findIndex((other) => other.url === url) === index);
}

function parseInput(value: unknown): ConditionInput | undefined {
  return isObject(value)
    ? {
        models: parseModels(value),
        dataUrl: toText(value.dataURL),
        dataIndexUrl: toText(value.dataIndexURL),
        outputDir: toText(value.outputDir),
      }
    : undefined;
}

/** Parses `data` of a condition. Accepts any JSON and never throws. */
export function parseConditionData(data: unknown): ConditionData {
  if (data === undefined || data === null || (typeof data === 'string' && data.trim() === '')) {
    return { state: 'absent' };
  }
  if (typeof data !== 'string') {
    return { state: 'malformed', text: String(JSON.stringify(data)) };
  }
  const value = parseJson(data);
  if (value === null) {
    return { state: 'absent' };
  }
  return isObject(value)
    ? {
        state: 'parsed',
        input: parseInput(value.input),
        output: isObject(value.output) ? { models: parseModels(value.output) } : undefined,
        isEmpty: isEmptyJson(value) || undefined,
      }
    : { state: 'malformed', text: data };
}

/**
 * Parses the number that the local controller gave to a round: the last part of the output directory, or the directory of
 * the data. It restarts at 1 with the local controller, so it doesn't identify a round.
 */
export function parseRecordedRound({ outputDir, dataUrl }: ConditionInput): number | undefined {
  const parts = [outputDir?.replace(/\/+$/, '').split('/').pop(), dataUrl?.split('/').slice(-2, -1)[0]];
  const number = parts.find((part) => part !== undefined && /^\d{1,9}$/.test(part));
  return number === undefined ? undefined : Number(number);
}
