/**
 * What `conditions[].data` of a staged job says: a JSON string that the local controller reports. It may be cut, come
 * from another version or be none at all, so nothing here throws: what does not fit is left out.
 */

/** Value of an evaluation metric as the report has it; text where it is no number. */
export type MetricValue = number | string;

export interface ConditionModel {
  url: string;
  format?: string;
  /** Evaluation metrics by name; empty where the report carries none. */
  metrics: Readonly<Record<string, MetricValue>>;
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

/**
 * `absent` where the condition has no data, `unknown` where the source cannot tell (metrics), `malformed` where it is no
 * JSON object.
 */
export type ConditionData =
  | { state: 'absent' }
  | { state: 'unknown' }
  | { state: 'malformed'; text: string }
  | { state: 'parsed'; input?: ConditionInput; output?: ConditionOutput };

type Unknown = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A text that is not empty, else undefined. */
export const toText = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

function parseMetrics(value: unknown): Record<string, MetricValue> {
  const entries = isObject(value) ? Object.entries(value) : [];
  return Object.fromEntries(
    entries.filter((entry): entry is [string, MetricValue] => ['number', 'string'].includes(typeof entry[1]))
  );
}

function parseModel(value: unknown): ConditionModel[] {
  const url = isObject(value) ? toText(value.url) : undefined;
  if (!isObject(value) || url === undefined) {
    return [];
  }
  return [{ url, format: toText(value.format), metrics: parseMetrics(value.metrics) }];
}

/** A report names one `model`, several `models`, or both. */
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

/** Reads `data` as an object carries it; never throws. */
export function parseConditionData(data: unknown): ConditionData {
  if (data === undefined || data === null || data === '') {
    return { state: 'absent' };
  }
  if (typeof data !== 'string') {
    return { state: 'malformed', text: String(JSON.stringify(data)) };
  }
  try {
    const value: unknown = JSON.parse(data);
    return isObject(value)
      ? {
          state: 'parsed',
          input: parseInput(value.input),
          output: isObject(value.output) ? { models: parseModels(value.output) } : undefined,
        }
      : { state: 'malformed', text: data };
  } catch {
    return { state: 'malformed', text: data };
  }
}

/**
 * Number that the local controller gave to a round: last part of the output directory, or the directory of the data.
 * It starts again at 1 when the local controller restarts, so it names no round.
 */
export function parseRecordedRound({ outputDir, dataUrl }: ConditionInput): number | undefined {
  const parts = [outputDir?.replace(/\/+$/, '').split('/').pop(), dataUrl?.split('/').slice(-2, -1)[0]];
  const number = parts.find((part) => part !== undefined && /^\d{1,9}$/.test(part));
  return number === undefined ? undefined : Number(number);
}
