/** Colours of states, as names of Grafana's theme: the same wherever they are shown. */
import { STAGE_CONDITIONS, STAGES } from './kinds';
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

/** Of conditions, alone and with the stage that they belong to. */
export const STATE_COLORS: Record<string, string> = {
  ...CONDITION_COLORS,
  ...Object.fromEntries(
    STAGES.flatMap((stage) =>
      STAGE_CONDITIONS.map((condition) => [`${stage} ${condition}`, CONDITION_COLORS[condition]])
    )
  ),
};

export const LEVEL_COLORS: Record<LogLevel, string> = {
  error: 'red',
  warning: 'yellow',
  info: 'green',
  debug: 'blue',
  unknown: 'text',
};
