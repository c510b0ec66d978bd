/** Colours of states, as names of Grafana's theme: the same wherever they are shown. */
import type { STAGE_CONDITIONS, STAGES } from './kinds';
import type { LogLevel } from './logs';

export const CONDITION_COLORS: Record<(typeof STAGE_CONDITIONS)[number], string> = {
  Waiting: 'blue',
  Ready: 'purple',
  Starting: 'orange',
  Running: 'semi-dark-green',
  Completed: 'green',
  Failed: 'red',
};

export const STAGE_COLORS: Record<(typeof STAGES)[number], string> = {
  Train: 'semi-dark-blue',
  Eval: 'semi-dark-purple',
  Deploy: 'semi-dark-yellow',
};

export const LEVEL_COLORS: Record<LogLevel, string> = {
  error: 'red',
  warning: 'yellow',
  info: 'green',
  debug: 'blue',
  unknown: 'text',
};
