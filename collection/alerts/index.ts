/** Every alert, in groups that are evaluated together. */
import { RULE_FILES } from '../../src/sedna/diagnosis/rules/files';
import type { AlertGroupId } from '../../src/sedna/diagnosis/ruleFile';
import { ALERT_INTERVAL, toAlert, type AlertGroup } from './alert';

const GROUPS: readonly AlertGroupId[] = ['jobs', 'stuck', 'slow', 'inference', 'knowledge-base', 'nodes', 'collection'];

const all = RULE_FILES.flatMap(toAlert);

export const ALERT_GROUPS: readonly AlertGroup[] = GROUPS.map((group) => ({
  name: `sedna-${group}`,
  interval: ALERT_INTERVAL,
  alerts: all.filter((alert) => alert.group === group),
}));

export const ALERTS = ALERT_GROUPS.flatMap(({ alerts }) => alerts);
