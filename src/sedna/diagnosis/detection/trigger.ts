/** The trigger of training, as the local controller (LC) reads it. */
import type { TriggerFact } from '../facts';

/** Every way in which the LC lets a number be compared, and what it means. */
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

/** Spellings of an operator that the LC knows. */
export const TRIGGER_OPERATORS: readonly string[] = Object.keys(OPERATORS);

/** The only metric that the LC knows. */
export const TRIGGER_METRIC = 'num_of_samples';

const operatorOf = (name: string) => (Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined);

/** What keeps the trigger from ever firing; nothing where it can, or where it is not known. */
export function triggerProblem({ operator, metric }: TriggerFact): { field: string; value: string } | undefined {
  if (operator !== undefined && !operatorOf(operator)) {
    return { field: 'operator', value: operator };
  }
  if (metric !== undefined && metric !== '' && metric !== TRIGGER_METRIC) {
    return { field: 'metric', value: metric };
  }
  return undefined;
}

/** Whether a number of unused training samples is enough; undefined where the operator is none that the LC knows. */
export const isEnough = (samples: number, operator: string, threshold: number): boolean | undefined =>
  operatorOf(operator)?.(samples, threshold);

const MINUTES_OF_A_DAY = 1440;

/** Minutes since midnight of a `15:04` text; 24:00 is the end of the day. */
function minutesOf(text: string): number | undefined {
  const match = /^(\d{1,2}):([0-5]\d)$/.exec(text);
  const minutes = match ? Number(match[1]) * 60 + Number(match[2]) : NaN;
  return minutes <= MINUTES_OF_A_DAY ? minutes : undefined;
}

/**
 * Whether a moment lies in a window of two `15:04` texts, both minutes included; a start after the end wraps midnight.
 * @param now Unix time in seconds
 * @param offset seconds by which the clock of the LC's container is ahead of UTC; its image has UTC
 * @returns undefined where a text is no time
 */
export function isInTimeWindow(now: number, start: string, end: string, offset = 0): boolean | undefined {
  const [from, to] = [minutesOf(start), minutesOf(end)];
  if (from === undefined || to === undefined || !Number.isFinite(now)) {
    return undefined;
  }
  const day = MINUTES_OF_A_DAY;
  const minute = ((Math.floor((now + offset) / 60) % day) + day) % day;
  return from <= to ? minute >= from && minute <= to : minute >= from || minute <= to;
}
