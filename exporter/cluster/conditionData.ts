import type { Problem } from './causes';
import { asObject, at, MAX_LABEL_LENGTH, parseNumber, type JsonObject } from './values';

/** Most models of one condition, and most metrics of one object, that become series. */
export const MAX_MODELS = 16;
export const MAX_KEYS = 64;

/** What a condition's `data` says; undefined where it has none. */
export type ConditionData = JsonObject | undefined;

/**
 * Reads `conditions[].data`, a JSON object as text. Nothing, an empty text, `null` and `{}` all are no data.
 * @param where place of the condition, for the problem
 */
export function parseData(data: unknown, where: string, problems: Problem[]): ConditionData {
  if (data === undefined || data === null || (typeof data === 'string' && data.trim() === '')) {
    return undefined;
  }
  const value = typeof data === 'string' ? parseJson(data) : undefined;
  const object = asObject(value);
  if (!object && value !== null) {
    problems.push({ cause: 'malformed_data', where });
  }
  return object && Object.keys(object).length > 0 ? object : undefined;
}

/** The models of one side of a condition's data: its list, or where that is empty its single model. */
export function modelsOf(
  data: ConditionData,
  side: 'input' | 'output',
  where: string,
  problems: Problem[]
): JsonObject[] {
  const list = at(data, side, 'models') ?? [];
  const single = at(data, side, 'model') ?? [];
  const given = Array.isArray(list) && list.length === 0 ? [single].flat() : [list].flat();
  const models = given.map(asObject).filter((model) => model !== undefined);
  if (models.length < given.length) {
    problems.push({ cause: 'malformed_data', where: `${where} models` });
  }
  return models;
}

/** Addresses of models, each once, at most {@link MAX_MODELS}. */
export function modelUrls(models: readonly JsonObject[], where: string, problems: Problem[]): string[] {
  const urls = new Set<string>();
  for (const model of models) {
    const url = labelValue(model.url, `${where} url`, problems);
    if (url && urls.size >= MAX_MODELS && !urls.has(url)) {
      problems.push({ cause: 'too_many_models', where });
      break;
    }
    if (url) {
      urls.add(url);
    }
  }
  return [...urls];
}

/**
 * Text as it becomes a label value; undefined for what is no text, is empty, or is too long.
 * A lone surrogate becomes U+FFFD here, as it would in UTF-8, so that two texts that differ still do when written.
 */
export function labelValue(value: unknown, where: string, problems: Problem[]): string | undefined {
  if (value === undefined || value === null || value === '') {
    return undefined;
  }
  if (typeof value !== 'string') {
    problems.push({ cause: 'invalid_object', where });
    return undefined;
  }
  if (value.length > MAX_LABEL_LENGTH) {
    problems.push({ cause: 'too_long', where });
    return undefined;
  }
  return value.replace(/\p{Surrogate}/gu, '\uFFFD');
}

/** Numbers by key, at most {@link MAX_KEYS}; of equal keys the first. What is no number is left out. */
export function numbersByKey(
  entries: Iterable<readonly [key: unknown, value: unknown]>,
  where: string,
  problems: Problem[]
): Map<string, number> {
  const numbers = new Map<string, number>();
  const seen = new Set<string>();
  for (const [rawKey, value] of entries) {
    const key = labelValue(rawKey, `${where} key`, problems);
    const number = parseNumber(value);
    if (key === undefined) {
      // What is no text or too long is told already.
      problems.push(
        ...(rawKey === '' || rawKey === undefined ? [{ cause: 'invalid_object', where: `${where} key` } as const] : [])
      );
      continue;
    } else if (seen.has(key)) {
      problems.push({ cause: 'duplicate_key', where: `${where} ${key}` });
    } else if (seen.size >= MAX_KEYS) {
      problems.push({ cause: 'too_many_keys', where });
      break;
    } else if (number === undefined) {
      problems.push({ cause: 'not_a_number', where: `${where} ${key}` });
    } else {
      numbers.set(key, number);
    }
    seen.add(key);
  }
  return numbers;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
