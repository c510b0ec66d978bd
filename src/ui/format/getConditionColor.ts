import type { BadgeColor } from '@grafana/ui';

const COLORS: Record<string, BadgeColor> = {
  Waiting: 'blue',
  Ready: 'purple',
  Starting: 'orange',
  Running: 'green',
  Completed: 'green',
  Failed: 'red',
};

/** Returns the color of a condition; gray for an unknown one. */
export const getConditionColor = (condition: string): BadgeColor => COLORS[condition] ?? 'darkgrey';
