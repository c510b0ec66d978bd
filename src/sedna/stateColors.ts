/** Colors of states and log levels, by their names in Grafana's theme. Pages and dashboards share them. */
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

/** Colors of conditions, alone and with their stage (`Train Running`). */
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
