import { parseConditionData, type ConditionData } from '../../../sedna/conditions';

/** One condition of any kind of Sedna's, as the object has it. */
export interface ConditionRow {
  /** Place in the history, from 1; order is what tells which came first. */
  place: number;
  stage: string;
  type: string;
  status: string;
  /** Unix time in seconds; absent where none can be read. */
  time?: number;
  /** Reason and message, as far as there are any. */
  words: string;
  data: ConditionData;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function timeOf(...values: unknown[]): number | undefined {
  return values.map((value) => Date.parse(text(value)) / 1000).find(Number.isFinite);
}

function rowOf(entry: unknown, index: number): ConditionRow {
  const fields = (typeof entry === 'object' && entry !== null ? entry : {}) as Record<string, unknown>;
  return {
    place: index + 1,
    stage: text(fields.stage),
    type: text(fields.type),
    status: text(fields.status),
    // Federated learning has no lastTransitionTime.
    time: timeOf(fields.lastTransitionTime, fields.lastHeartbeatTime, fields.lastProbeTime),
    words: [text(fields.reason), text(fields.message)].filter(Boolean).join(': '),
    data: parseConditionData(fields.data),
  };
}

/** All conditions of a status, newest first; none where it has none. */
export function conditionRows(status: unknown): ConditionRow[] {
  const { conditions } = (typeof status === 'object' && status !== null ? status : {}) as { conditions?: unknown };
  return Array.isArray(conditions) ? conditions.map(rowOf).reverse() : [];
}
