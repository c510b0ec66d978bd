/** The trigger of training, as the local controller (LC) evaluates it. */
import type { TriggerFact } from '../facts';

/** All operators of the LC. */
const OPERATORS: Readonly<Record<string, (samples: number, threshold: number) => boolean>> = (() => {
  const gt = (a: number, b: number) => a > b;
  const ge = (a: number, b: number) => a >= b;
  const eq = (a: number, b: number) => a === b;
  const ne = (a: number, b: number) => a !== b;
  const le = (a: number, b: number) => a <= b;
  const lt = (a: number, b: number) => a < b;
  return {
    '>': gt,
    gt,
    '>=': ge,
    ge,
    '=': eq,
    '==': eq,
    eq,
    '!=': ne,
    ne,
    '<=': le,
    le,
    '<': lt,
    lt,
  };
})();

/** All spellings of operators that the LC knows. */
export const TRIGGER_OPERATORS: readonly string[] = Object.keys(OPERATORS);

/** The only metric that the LC knows. */
export const TRIGGER_METRIC = 'num_of_samples';

const findOperator = (name: string) => (Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined);

/** Returns the field that keeps the trigger from ever firing; undefined if it can fire or is unknown. */
export function findTriggerProblem({ operator, metric }: TriggerFact): { field: string; value: string } | undefined {
  if (operator !== undefined && !findOperator(operator)) {
    return { field: 'operator', value: operator };
  }
  if (metric !== undefined && metric !== '' && metric !== TRIGGER_METRIC) {
    return { field: 'metric', value: metric };
  }
  return undefined;
}

/** Whether a number of unused training samples is enough; undefined for an operator that the LC doesn't know. */
export const isEnough = (samples: number, operator: string, threshold: number): boolean | undefined =>
  findOperator(operator)?.(samples, threshold);

const MINUTES_OF_A_DAY = 1440;

/** Parses `15:04` to minutes since midnight; 24:00 is the end of the day. */
function parseMinutes(text: string): number | undefined {
  const match = /^(\d{1,2}):([0-5]\d)$/.exec(text);
  const minutes = match ? Number(match[1]) * 60 + Number(match[2]) : NaN;
  return minutes <= MINUTES_OF_A_DAY ? minutes : undefined;
}

/**
 * Whether a moment lies in a window of two `15:04` texts, both minutes included; a start after the end wraps midnight.
 * @param now Unix time in seconds
 * @param offset seconds by which the clock of the LC's container is ahead of UTC; its image has UTC
 * @returns undefined if a text is not a time
 */
export function isInTimeWindow(now: number, start: string, end: string, offset = 0): boolean | undefined {
  const [from, to] = [parseMinutes(start), parseMinutes(end)];
  if (from === undefined || to === undefined || !Number.isFinite(now)) {
    return undefined;
  }
  const day = MINUTES_OF_A_DAY;
  const minute = ((Math.floor((now + offset) / 60) % day) + day) % day;
  return from <= to ? minute >= from && minute <= to : minute >= from || minute <= to;
}
