import { parseConditionData, type ConditionData } from '../../../../sedna/conditions';

/** One condition of an object of any kind. */
export interface ConditionRow {
  /** Position in the history, from 1. Times are not unique, so only the position tells the order. */
  position: number;
  stage: string;
  type: string;
  status: string;
  /** Unix time in seconds; undefined if no field is a valid time. */
  time?: number;
  /** Reason and message, as far as they are set. */
  reasonAndMessage: string;
  data: ConditionData;
  /** Whether the object has it no more. */
  isLost?: boolean;
}

const toText = (value: unknown): string => (typeof value === 'string' ? value : '');

function parseFirstTime(...values: unknown[]): number | undefined {
  return values.map((value) => Date.parse(toText(value)) / 1000).find(Number.isFinite);
}

function toRow(entry: unknown, index: number): ConditionRow {
  const fields = (typeof entry === 'object' && entry !== null ? entry : {}) as Record<string, unknown>;
  return {
    position: index + 1,
    stage: toText(fields.stage),
    type: toText(fields.type),
    status: toText(fields.status),
    // Federated learning jobs have no lastTransitionTime.
    time: parseFirstTime(fields.lastTransitionTime, fields.lastHeartbeatTime, fields.lastProbeTime),
    reasonAndMessage: [toText(fields.reason), toText(fields.message)].filter(Boolean).join(': '),
    data: parseConditionData(fields.data),
  };
}

/** Accepts any JSON and returns the conditions of a status, newest first. */
export function conditionRows(status: unknown): ConditionRow[] {
  const { conditions } = (typeof status === 'object' && status !== null ? status : {}) as { conditions?: unknown };
  return Array.isArray(conditions) ? conditions.map(toRow).reverse() : [];
}
