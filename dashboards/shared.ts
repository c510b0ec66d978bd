/** What all dashboards have: data sources, variables, links to each other and into the app, marks of what happened. */
import {
  AnnotationQueryBuilder,
  CustomVariableBuilder,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  VariableRefresh,
  VariableSort,
  type Dashboard,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { recentTransitions, buildLabelValues } from '../src/query/dashboards';
import { buildSelector } from '../src/query/promql';
import type { LabelQuery, Matcher } from '../src/query/escape';
import { LOG_LEVELS } from '../src/sedna/logs';
import { LOKI, PROMETHEUS } from './panels';

const APP = '/a/kubeedge-sedna-app';
/** Marks the dashboards that lead to each other. */
const TAG = 'sedna';

const TIMES = '${__url_time_range}';
const field = (name: string) => `\${__data.fields.${name}}`;
/** Pages of the app that a row of a table leads to, from the fields that its query has. */
export const APP_LINKS = {
  object: (kind: string) => `${APP}/resources/${kind}/${field('namespace')}/${field('name')}?${TIMES}`,
  anyObject: `${APP}/resources/${field('kind')}/${field('namespace')}/${field('name')}?${TIMES}`,
  pod: `${APP}/resources/pod/${field('namespace')}/${field('pod')}?${TIMES}`,
  page: (page: string) => `${APP}/${page}`,
};

/** The dashboard of the lifelong learning job of a row. */
export const JOB_BOARD = `/d/sedna-ops-job?var-namespace=${field('namespace')}&var-job=${field('name')}&\${prometheus:queryparam}&\${loki:queryparam}&${TIMES}`;

interface VariableOptions {
  name: string;
  label: string;
  /** One value is chosen at first, instead of all. */
  first?: boolean;
  /** All stands for each value that there is, and for no other. */
  exact?: boolean;
}

const chooser = ({ name, label, first, exact }: VariableOptions) => {
  const variable = new QueryVariableBuilder(name)
    .label(label)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc)
    .multi(true);
  if (first) {
    return variable;
  }
  variable.includeAll(true).current({ text: 'All', value: '$__all' });
  return exact ? variable : variable.allValue('.+');
};

/** A variable with the values that a label has in some series. */
export const labelVariable = (label: string, series: string, options: VariableOptions) =>
  chooser(options).datasource(PROMETHEUS).query(buildLabelValues(series, label));

/** A variable with the values that a label of Loki's streams has. */
export const lokiVariable = ({ label, selector: stream }: LabelQuery, options: VariableOptions) =>
  chooser(options)
    .datasource(LOKI)
    .query({ type: 1, label, stream: stream ?? '', refId: 'variable' });

/** Values to choose from that are always the same; all are chosen at first. */
const fixedVariable = (name: string, label: string, values: readonly string[]) =>
  new CustomVariableBuilder(name)
    .label(label)
    .values(values.join(','))
    .multi(true)
    .includeAll(true)
    .allValue('.+')
    .current({ text: 'All', value: '$__all' });

export const levelVariable = () => fixedVariable('level', 'Level', LOG_LEVELS);

export const namespaceVariable = (metric: string, first = false) =>
  labelVariable('namespace', buildSelector(metric), { name: 'namespace', label: 'Namespace', first });

/** Objects of a kind within the chosen namespaces. */
export const jobVariable = (
  metric: string,
  within: readonly Matcher[],
  label: string,
  choice: Partial<VariableOptions> = {}
) => labelVariable('name', buildSelector(metric, within), { name: 'job', label, ...choice });

/** Marks at the times when conditions of jobs were written; those that are not enabled ask nothing. */
export const conditionMarks = (
  name: string,
  matchers: readonly Matcher[],
  color: string,
  { title = '{{namespace}}/{{name}}: {{stage}} {{condition}}', enabled = true } = {}
) =>
  new AnnotationQueryBuilder()
    .name(name)
    .datasource(PROMETHEUS)
    .enable(enabled)
    .iconColor(color)
    .expr(recentTransitions(matchers))
    .titleFormat(title)
    .textFormat('')
    .tagKeys('stage,condition');

interface BoardOptions {
  /** Uids of all dashboards start alike. */
  id: string;
  title: string;
  description: string;
  /** Page of the app that shows the same, below its root. */
  page: string;
  /** Whether anything asks Loki; `only` where nothing asks Prometheus. */
  logs?: boolean | 'only';
  from?: string;
}

/** A dashboard with what all of them have; the same input gives the same JSON. */
export function board({
  id,
  title,
  description,
  page,
  logs: hasLogs,
  from = 'now-3h',
}: BoardOptions): DashboardBuilder {
  const builder = new DashboardBuilder(`Sedna: ${title}`)
    .uid(`sedna-ops-${id}`)
    .description(description)
    .tags([TAG])
    .editable()
    .tooltip(DashboardCursorSync.Crosshair)
    .refresh('1m')
    .time({ from, to: 'now' })
    .link(
      new DashboardLinkBuilder('Sedna dashboards')
        .type(DashboardLinkType.Dashboards)
        .tags([TAG])
        .asDropdown(true)
        .includeVars(true)
        .keepTime(true)
    )
    .link(
      new DashboardLinkBuilder('Open in Sedna Ops').type(DashboardLinkType.Link).url(`${APP}/${page}`).keepTime(true)
    );
  if (hasLogs !== 'only') {
    builder.withVariable(new DatasourceVariableBuilder('prometheus').label('Prometheus').type('prometheus'));
  }
  return hasLogs ? builder.withVariable(new DatasourceVariableBuilder('loki').label('Loki').type('loki')) : builder;
}

/**
 * Ends a dashboard: its panels get numbers, and its marks stand on some of them only, for on a band of states they
 * would hide what they tell.
 * @param marked titles of those panels
 */
export function finished(builder: DashboardBuilder, marked: readonly string[] = []): Dashboard {
  const dashboard = builder.build();
  const ids: number[] = [];
  let last = 0;
  const number = (panels: Array<{ id?: number; title?: string; panels?: unknown[] }>) => {
    for (const panel of panels) {
      panel.id = ++last;
      if (marked.includes(panel.title ?? '')) {
        ids.push(panel.id);
      }
      number((panel.panels ?? []) as typeof panels);
    }
  };
  number((dashboard.panels ?? []) as Parameters<typeof number>[0]);
  if (ids.length < marked.length) {
    throw new Error(`${dashboard.title} has not all of the panels ${marked.join(', ')}`);
  }
  for (const mark of dashboard.annotations?.list ?? []) {
    mark.filter = { exclude: false, ids };
    delete mark.placement;
  }
  for (const link of dashboard.links ?? []) {
    // The SDK hides links and marks in a menu; people must see them.
    delete link.placement;
  }
  return dashboard;
}
