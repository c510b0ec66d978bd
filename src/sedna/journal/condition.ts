/** Conversion of a raw condition of an object to what the journal has of it. */
import { isObject, toText, type MetricValue } from '../conditions/conditionData';
import { parseJson } from '../conditions/conditionJson';
import type { KindName } from '../kinds';
import { getModelRole, getModelVersions, type ModelRole } from '../kinds/shared/models';
import { MASK, maskText } from '../masking/maskText';
import { isHarmless, isSecretField } from '../masking/secretNames';
import type { JournalCondition, JournalData, JournalModel } from './entry';
import { formatHash, hashText } from './hash';

const CONDITION_FIELDS = [
  'type',
  'stage',
  'status',
  'lastHeartbeatTime',
  'lastTransitionTime',
  'lastProbeTime',
  'reason',
  'message',
  'data',
] as const;

/** Maximum characters of a message or reason, and of data that isn't JSON. */
export const MAX_MESSAGE_LENGTH = 4_000;
const MAX_DATA_LENGTH = 10_000;
/** Maximum characters of other texts. */
export const MAX_TEXT_LENGTH = 1_024;
const MAX_MODELS = 50;
const MAX_METRICS = 200;

/** Returns the hash of a condition, of all fields that Sedna writes. Accepts any JSON. */
export function hashCondition(condition: unknown): number {
  return hashText(
    JSON.stringify(
      isObject(condition) ? CONDITION_FIELDS.map((field) => condition[field] ?? null) : [condition ?? null]
    )
  );
}

/** Masks secrets in a text and limits its length. Masks first, because a secret that is cut isn't recognized. */
export function toJournalText(value: unknown, maxLength = MAX_TEXT_LENGTH): string | undefined {
  const text = toText(value);
  // Masking is linear, but a text without limit would hold up everything else.
  const masked = text && maskText(text.slice(0, 100_000));
  return masked && masked.length > maxLength ? `${masked.slice(0, maxLength)}…` : masked;
}

/** Masks the text of a value if its name is that of a secret, and otherwise secrets in the text. */
export function toNamedText(name: string, value: unknown): string | undefined {
  const text = toText(value);
  return text && isSecretField(name) && !isHarmless(name, text) ? MASK : toJournalText(text);
}

/** Converts an entry of `status.conditions`. Accepts any JSON and never throws. */
export function toJournalCondition(kind: KindName, condition: unknown, index: number): JournalCondition {
  const hash = formatHash(hashCondition(condition));
  if (!isObject(condition)) {
    return { index, hash, type: '' };
  }
  const stage = toJournalText(condition.stage);
  const type = toJournalText(condition.type) ?? '';
  return dropUndefined({
    index,
    hash,
    type,
    stage,
    status: toJournalText(condition.status),
    lastHeartbeatTime: toJournalText(condition.lastHeartbeatTime),
    lastTransitionTime: toJournalText(condition.lastTransitionTime),
    lastProbeTime: toJournalText(condition.lastProbeTime),
    reason: toJournalText(condition.reason, MAX_MESSAGE_LENGTH),
    message: toJournalText(condition.message, MAX_MESSAGE_LENGTH),
    data: toJournalData(condition.data, (side, position, count) =>
      getModelRole(stage, side, getModelVersions(kind, stage, count)?.[position])
    ),
  });
}

type GetRole = (side: 'input' | 'output', position: number, count: number) => ModelRole | undefined;

function toJournalData(data: unknown, getRole: GetRole): JournalData | undefined {
  if (data === undefined || data === null || data === '') {
    return undefined;
  }
  const malformed = (): JournalData => ({
    state: 'malformed',
    text: toJournalText(typeof data === 'string' ? data : JSON.stringify(data), MAX_DATA_LENGTH) ?? '',
  });
  const value = typeof data === 'string' ? parseJson(data) : undefined;
  if (!isObject(value)) {
    return malformed();
  }
  const { input, output } = value;
  return dropUndefined({
    state: 'parsed' as const,
    input: isObject(input)
      ? dropUndefined({
          dataUrl: toJournalText(input.dataURL),
          dataIndexUrl: toJournalText(input.dataIndexURL),
          outputDir: toJournalText(input.outputDir),
          models: toModels(input, (...place) => getRole('input', ...place)),
        })
      : undefined,
    output: isObject(output) ? { models: toModels(output, (...place) => getRole('output', ...place)) } : undefined,
  });
}

/** Converts the models of a report, which has one `model`, several `models`, or both. */
function toModels(
  { model, models }: Readonly<Record<string, unknown>>,
  getRole: (position: number, count: number) => ModelRole | undefined
): JournalModel[] {
  const listed: unknown[] = Array.isArray(models) ? models : [];
  const own = isObject(model) && !listed.some((other) => isObject(other) && other.url === model.url) ? [model] : [];
  const all = [...listed, ...own];
  return all.slice(0, MAX_MODELS).flatMap((each, position) => {
    const url = isObject(each) ? toJournalText(each.url) : undefined;
    return isObject(each) && url !== undefined
      ? [
          dropUndefined({
            role: getRole(position, all.length),
            url,
            format: toJournalText(each.format),
            metrics: toMetrics(each.metrics),
          }),
        ]
      : [];
  });
}

function toMetrics(value: unknown): JournalModel['metrics'] {
  const entries = (isObject(value) ? Object.entries(value) : []).slice(0, MAX_METRICS).flatMap(([name, metric]) => {
    const list = (Array.isArray(metric) ? metric.slice(0, MAX_METRICS) : [metric]).flatMap((each) =>
      toMetricValue(name, each)
    );
    return list.length > 0 ? [[toJournalText(name) ?? '', Array.isArray(metric) ? list : list[0]] as const] : [];
  });
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

function toMetricValue(name: string, value: unknown): MetricValue[] {
  return typeof value === 'number' ? [value] : typeof value === 'string' ? [toNamedText(name, value) ?? ''] : [];
}

function dropUndefined<T extends object>(object: T): T {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T;
}
