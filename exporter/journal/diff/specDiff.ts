import { hashText, toJournalText, type FieldChange, type StatusValue } from '../../../src/sedna/journal';
import { MASK } from '../../../src/sedna/masking/maskText';
import { isSecretField, isSecretName } from '../../../src/sedna/masking/secretNames';
import { asObject, type JsonObject } from '../../cluster/extract/values';

/** Maximum number of fields in an entry. */
const MAX_FIELDS = 50;
const MAX_VALUE_LENGTH = 300;

/** Returns a hash per field of the spec, which tells what changed while the exporter was away. */
export function hashFields(spec: unknown): Record<string, number> {
  return Object.fromEntries(
    Object.entries(asObject(spec) ?? {}).map(([key, value]) => [key, hashText(JSON.stringify(value))])
  );
}

/** Returns the fields whose hash differs, without values. */
export function diffHashes(
  before: Readonly<Record<string, number>>,
  after: Readonly<Record<string, number>>
): FieldChange[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].filter((key) => before[key] !== after[key]).map((key) => ({ path: `spec.${key}` }));
}

/** Returns the fields that differ, with masked values. */
export function diffFields(before: unknown, after: unknown, path = 'spec'): FieldChange[] {
  const changes: FieldChange[] = [];
  walk(before, after, path, false, changes);
  return changes;
}

function walk(before: unknown, after: unknown, path: string, secret: boolean, changes: FieldChange[]): void {
  if (changes.length >= MAX_FIELDS || JSON.stringify(before) === JSON.stringify(after)) {
    return;
  }
  const [left, right] = [before, after].map(toChildren);
  if (!left && !right) {
    changes.push({ path, ...toValue('before', before, secret), ...toValue('after', after, secret) });
    return;
  }
  for (const key of new Set([...Object.keys(left ?? {}), ...Object.keys(right ?? {})])) {
    const parent = Array.isArray(before) || Array.isArray(after) ? `${path}[${key}]` : `${path}.${key}`;
    const isSecret = secret || isSecretField(key) || (key === 'value' && (isNamedSecret(left) || isNamedSecret(right)));
    walk(left?.[key], right?.[key], parent, isSecret, changes);
  }
}

/** Returns the fields of an object or a list. Arguments are one value, because one may name the secret in the next. */
function toChildren(value: unknown): JsonObject | undefined {
  const isArguments = Array.isArray(value) && value.every((item) => typeof item === 'string');
  return Array.isArray(value) && !isArguments
    ? (Object.fromEntries(Object.entries(value)) as JsonObject)
    : asObject(value);
}

/** Whether an object is a variable with the name of a secret, such as in the environment of a container. */
const isNamedSecret = (fields: JsonObject | undefined) =>
  [fields?.name, fields?.key].some((name) => typeof name === 'string' && isSecretName(name));

function toValue(
  key: 'before' | 'after',
  value: unknown,
  secret: boolean
): { before?: StatusValue; after?: StatusValue } {
  if (value === undefined || value === null) {
    return {};
  }
  if (secret) {
    return { [key]: MASK };
  }
  const plain = Array.isArray(value) ? value.join(' ') : value;
  return {
    [key]:
      typeof plain === 'number' || typeof plain === 'boolean'
        ? plain
        : (toJournalText(String(plain), MAX_VALUE_LENGTH) ?? ''),
  };
}
