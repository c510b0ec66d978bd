/** This project's alert rules, as a Grafana tells of them. */
import type { APIRequestContext } from '@playwright/test';
import { ALERT_GROUPS, ALERTS } from '../../collection/alerts';

export interface Instance {
  state: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
}

export interface Rule {
  name: string;
  state: 'firing' | 'pending' | 'inactive';
  health: string;
  lastError?: string;
  lastEvaluation: string;
  alerts?: Instance[];
}

/** @param grafana address of a Grafana; the one under test unless told */
export async function fetchRules(request: APIRequestContext, grafana = ''): Promise<Rule[]> {
  const response = await request.get(`${grafana}/api/prometheus/grafana/api/v1/rules`);
  const { data } = (await response.json()) as { data: { groups: Array<{ rules: Rule[] }> } };
  return data.groups.flatMap(({ rules }) => rules).filter((rule) => ALERTS.some(({ name }) => name === rule.name));
}

/** Alerts of groups that are evaluated each minute, and of the others, for which nobody wants to wait here. */
const isFrequent = (interval: string) => interval === '1m';
const FREQUENT = ALERT_GROUPS.filter(({ interval }) => isFrequent(interval)).flatMap(({ alerts }) => alerts);
export const RARE_ALERTS = ALERT_GROUPS.filter(({ interval }) => !isFrequent(interval)).flatMap(({ alerts }) => alerts);

/** Whether it is still to be evaluated for the first time. */
export const waits = ({ name, lastEvaluation }: Rule): boolean =>
  FREQUENT.some((alert) => alert.name === name) && !(Date.parse(lastEvaluation) > 0);

/** Two evaluations of a minute, and what the alert has to hold. */
export const SOON = { timeout: 240_000, intervals: [5_000] };
