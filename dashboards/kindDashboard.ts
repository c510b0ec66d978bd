/** Parts of the dashboards of incremental learning, federated learning, and joint inference. */
import { chosen, matchVariable, NAMESPACE, ON_OBJECT, getVariable } from '../src/query/dashboards';
import { age, aggregate, filterActiveState, buildSelector } from '../src/query/promql';
import { getFamilyPrefix } from '../src/sedna/catalog/resourceMetrics';
import { findKind, type KindName } from '../src/sedna/kinds';
import { createDashboard, jobVariable, namespaceVariable } from './base';
import { statPanel, type Query } from './panels';
import { STATE_COLORS } from './states';

export interface KindDashboardOptions {
  kind: KindName;
  id: string;
  title: string;
  description: string;
  /** Label of the variable that selects objects, such as `Job`. */
  noun: string;
  /** Width of the panel that counts conditions, in columns of 24. */
  width: number;
}

/** Creates the dashboard of a kind with its variables and the counts that every kind shows first. */
export const createKindDashboard = ({ kind, id, title, description, noun, width }: KindDashboardOptions) =>
  createDashboard({ id, title, description, page: `resources?kind=${kind}`, logs: true })
    .withVariable(namespaceVariable(`${getFamilyPrefix(kind)}_info`))
    // Pods are matched by job name, so `.+` for All would also match pods of other kinds.
    .withVariable(
      jobVariable(`${getFamilyPrefix(kind)}_info`, [NAMESPACE], noun, {
        name: getVariable(kind),
        onlyListedValues: true,
      })
    )
    .withPanel(
      statPanel({
        title: findKind(kind)?.kind.endsWith('Service') ? 'Services' : 'Jobs',
        descriptions: [`${getFamilyPrefix(kind)}_info`],
        queries: [
          [
            aggregate('count', ['cluster'], buildSelector(`${getFamilyPrefix(kind)}_info`, matchVariable(kind))),
            '{{cluster}}',
          ],
        ],
        noValue: '0',
      })
    )
    .withPanel(
      statPanel({
        title: 'Objects by condition',
        descriptions: [`${getFamilyPrefix(kind)}_condition`],
        queries: [
          [
            aggregate(
              'count',
              ['cluster', 'condition'],
              filterActiveState(buildSelector(`${getFamilyPrefix(kind)}_condition`, matchVariable(kind)))
            ),
            '{{cluster}} {{condition}}',
          ],
        ],
        width,
        showNames: true,
        colors: Object.fromEntries((findKind(kind)?.conditionTypes ?? []).map((type) => [type, STATE_COLORS[type]])),
        noValue: '0',
      })
    );

/** Builds a query for the maximum of one of the kind's own metrics. @param suffix metric name after the kind's prefix */
export const maxOfFamily = (kind: KindName, suffix: string) =>
  aggregate('max', ON_OBJECT, buildSelector(`${getFamilyPrefix(kind)}_${suffix}`, matchVariable(kind)));

/** Column with the time since an object started, in seconds. */
export const startedColumn = (kind: KindName) => ({
  expression: aggregate(
    'max',
    ON_OBJECT,
    age(buildSelector(`${getFamilyPrefix(kind)}_start_timestamp_seconds`, matchVariable(kind)))
  ),
  column: { title: 'Started', width: 100, unit: 's', decimals: 0 },
});

/** Single number about workers, 0 without data. */
export const workerCountPanel = (title: string, queries: readonly Query[], description: string) =>
  statPanel({ title, descriptions: [description], queries, noValue: '0' });

/** Number of running workers of a kind. */
export const runningWorkersPanel = (kind: KindName) =>
  workerCountPanel(
    'Running',
    [[aggregate('sum', ['cluster'], buildSelector('sedna:workers:active', chosen(kind))), '{{cluster}}']],
    'sedna:workers:active'
  );
