/** This project's alert rules, as a Grafana reports them. */
import type { APIRequestContext } from '@playwright/test';
import { ALERT_GROUPS, ALERTS } from '../../../collection/alerts';

export interface AlertInstance {
  state: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
}

export interface AlertRule {
  name: string;
  state: 'firing' | 'pending' | 'inactive';
  health: string;
  lastError?: string;
  lastEvaluation: string;
  alerts?: AlertInstance[];
}

/** @param grafanaUrl the tested Grafana unless given */
export async function fetchAlertRules(request: APIRequestContext, grafanaUrl = ''): Promise<AlertRule[]> {
  const response = await request.get(`${grafanaUrl}/api/prometheus/grafana/api/v1/rules`);
  const { data } = (await response.json()) as { data: { groups: Array<{ rules: AlertRule[] }> } };
  return data.groups.flatMap(({ rules }) => rules).filter((rule) => ALERTS.some(({ name }) => name === rule.name));
}

/** Alerts of groups with a longer interval are too slow to wait for. */
const isFrequent = (interval: string) => interval === '1m';
const FREQUENT_ALERTS = ALERT_GROUPS.filter(({ interval }) => isFrequent(interval)).flatMap(({ alerts }) => alerts);
export const RARE_ALERTS = ALERT_GROUPS.filter(({ interval }) => !isFrequent(interval)).flatMap(({ alerts }) => alerts);

/** Whether a rule that is evaluated every minute has not been evaluated yet. */
export const isAwaitingEvaluation = ({ name, lastEvaluation }: AlertRule): boolean =>
  FREQUENT_ALERTS.some((alert) => alert.name === name) && !(Date.parse(lastEvaluation) > 0);

/** Poll options that cover two evaluations and the time that the condition of an alert must hold. */
export const EVALUATION_POLL = { timeout: 240_000, intervals: [5_000] };
