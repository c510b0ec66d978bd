import type { BadgeColor } from '@grafana/ui';

const COLORS: Record<string, BadgeColor> = {
  Waiting: 'blue',
  Ready: 'purple',
  Starting: 'orange',
  Running: 'green',
  Completed: 'green',
  Failed: 'red',
};

/** Colour of a condition, the same wherever it is shown. */
export const getConditionColor = (condition: string): BadgeColor => COLORS[condition] ?? 'darkgrey';
