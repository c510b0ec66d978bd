import { isEmptyJson, parseJson } from '../../../src/sedna/conditions/conditionJson';
import type { ObjectIssue } from '../errors';
import { asObject, getPath, MAX_LABEL_LENGTH, parseNumber, type JsonObject } from './values';

/** Maximum number of models of a condition, and of metrics of an object, that become series. */
export const MAX_MODELS = 16;
export const MAX_KEYS = 64;

/** Parsed `data` of a condition, or undefined if it is empty or not valid. */
export type ConditionData = JsonObject | undefined;

export interface ParsedData {
  data: ConditionData;
  /** Whether it is missing, blank, `null`, or JSON without content. Data that isn't valid isn't missing. */
  isDataMissing: boolean;
}

/**
 * Parses `conditions[].data`, a JSON object in a string.
 * @param where location of the condition for issues
 */
export function parseConditionData(data: unknown, where: string, issues: ObjectIssue[]): ParsedData {
  if (data === undefined || data === null || (typeof data === 'string' && data.trim() === '')) {
    return { data: undefined, isDataMissing: true };
  }
  const value = typeof data === 'string' ? parseJson(data) : undefined;
  const object = asObject(value);
  if (value === null || (object && isEmptyJson(object))) {
    return { data: undefined, isDataMissing: true };
  }
  if (!object) {
    issues.push({ cause: 'malformed_data', where });
  }
  return { data: object, isDataMissing: false };
}

/** Returns the models in the input or output of a condition: the list, or the single model if the list is empty. */
export function getModels(
  data: ConditionData,
  side: 'input' | 'output',
  where: string,
  issues: ObjectIssue[]
): JsonObject[] {
  const list = getPath(data, side, 'models') ?? [];
  const single = getPath(data, side, 'model') ?? [];
  const candidates = Array.isArray(list) && list.length === 0 ? [single].flat() : [list].flat();
  const models = candidates.map(asObject).filter((model) => model !== undefined);
  if (models.length < candidates.length) {
    issues.push({ cause: 'malformed_data', where: `${where} models` });
  }
  return models;
}

/** Returns distinct model URLs, at most {@link MAX_MODELS}. */
export function toModelUrls(models: readonly JsonObject[], where: string, issues: ObjectIssue[]): string[] {
  const urls = new Set<string>();
  for (const model of models) {
    const url = toLabelValue(model.url, `${where} url`, issues);
    if (url && urls.size >= MAX_MODELS && !urls.has(url)) {
      issues.push({ cause: 'too_many_models', where });
      break;
    }
    if (url) {
      urls.add(url);
    }
  }
  return [...urls];
}

/**
 * Converts text to a label value, or returns undefined if it isn't a string, is empty, or is too long. Replaces lone
 * surrogates with U+FFFD, as UTF-8 encoding would, so that label sets compare as they will be written.
 */
export function toLabelValue(value: unknown, where: string, issues: ObjectIssue[]): string | undefined {
  if (value === undefined || value === null || value === '') {
    return undefined;
  }
  if (typeof value !== 'string') {
    issues.push({ cause: 'invalid_object', where });
    return undefined;
  }
  if (value.length > MAX_LABEL_LENGTH) {
    issues.push({ cause: 'too_long', where });
    return undefined;
  }
  return value.replace(/\p{Surrogate}/gu, '\uFFFD');
}

/**
 * Converts entries to numbers by key, at most {@link MAX_KEYS}. The first of equal keys wins; values that aren't
 * numbers are skipped.
 */
export function toNumbersByKey(
  entries: Iterable<readonly [key: unknown, value: unknown]>,
  where: string,
  issues: ObjectIssue[]
): Map<string, number> {
  const numbers = new Map<string, number>();
  const seen = new Set<string>();
  for (const [rawKey, value] of entries) {
    const key = toLabelValue(rawKey, `${where} key`, issues);
    const number = parseNumber(value);
    if (key === undefined) {
      // `toLabelValue` has already reported all other keys.
      issues.push(
        ...(rawKey === '' || rawKey === undefined ? [{ cause: 'invalid_object', where: `${where} key` } as const] : [])
      );
      continue;
    } else if (seen.has(key)) {
      issues.push({ cause: 'duplicate_key', where: `${where} ${key}` });
    } else if (seen.size >= MAX_KEYS) {
      issues.push({ cause: 'too_many_keys', where });
      break;
    } else if (number === undefined) {
      issues.push({ cause: 'not_a_number', where: `${where} ${key}` });
    } else {
      numbers.set(key, number);
    }
    seen.add(key);
  }
  return numbers;
}
