/** Common parts of all dashboards: data sources, variables, links, and annotations. */
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
/** Tag of the dashboards that link to each other. */
const DASHBOARD_TAG = 'sedna';

const TIME_RANGE_PARAMS = '${__url_time_range}';
const dataField = (name: string) => `\${__data.fields.${name}}`;
/** Links from table rows to pages of the app. The query of the table must return the fields used. */
export const APP_LINKS = {
  object: (kind: string) =>
    `${APP}/resources/${kind}/${dataField('namespace')}/${dataField('name')}?${TIME_RANGE_PARAMS}`,
  anyObject: `${APP}/resources/${dataField('kind')}/${dataField('namespace')}/${dataField('name')}?${TIME_RANGE_PARAMS}`,
  pod: `${APP}/resources/pod/${dataField('namespace')}/${dataField('pod')}?${TIME_RANGE_PARAMS}`,
  page: (page: string) => `${APP}/${page}`,
};

/** Link from a table row to the dashboard of its lifelong learning job. */
export const JOB_DASHBOARD_LINK = `/d/sedna-ops-job?var-namespace=${dataField('namespace')}&var-job=${dataField('name')}&\${prometheus:queryparam}&\${loki:queryparam}&${TIME_RANGE_PARAMS}`;

interface VariableOptions {
  name: string;
  label: string;
  /** Selects one value by default instead of All. */
  selectsOne?: boolean;
  /** All stands for the listed values only, instead of `.+`. */
  onlyListedValues?: boolean;
}

const createVariable = ({ name, label, selectsOne, onlyListedValues }: VariableOptions) => {
  const variable = new QueryVariableBuilder(name)
    .label(label)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc)
    .multi(true);
  if (selectsOne) {
    return variable;
  }
  variable.includeAll(true).current({ text: 'All', value: '$__all' });
  return onlyListedValues ? variable : variable.allValue('.+');
};

/** Creates a variable with the values of a label in a Prometheus metric. */
export const labelVariable = (label: string, series: string, options: VariableOptions) =>
  createVariable(options).datasource(PROMETHEUS).query(buildLabelValues(series, label));

/** Creates a variable with the values of a label of Loki streams. */
export const lokiVariable = ({ label, selector: stream }: LabelQuery, options: VariableOptions) =>
  createVariable(options)
    .datasource(LOKI)
    .query({ type: 1, label, stream: stream ?? '', refId: 'variable' });

/** Creates a variable with fixed values, all of them selected by default. */
const fixedVariable = (name: string, label: string, values: readonly string[]) =>
  new CustomVariableBuilder(name)
    .label(label)
    .values(values.join(','))
    .multi(true)
    .includeAll(true)
    .allValue('.+')
    .current({ text: 'All', value: '$__all' });

export const levelVariable = () => fixedVariable('level', 'Level', LOG_LEVELS);

export const namespaceVariable = (metric: string, selectsOne = false) =>
  labelVariable('namespace', buildSelector(metric), { name: 'namespace', label: 'Namespace', selectsOne });

/** Creates a variable with the objects of a kind in the selected namespaces. */
export const jobVariable = (
  metric: string,
  matchers: readonly Matcher[],
  label: string,
  options: Partial<VariableOptions> = {}
) => labelVariable('name', buildSelector(metric, matchers), { name: 'job', label, ...options });

/** Creates annotations at the times when conditions were written. Disabled ones send no query. */
export const conditionAnnotations = (
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

interface DashboardOptions {
  /** Suffix of the uid `sedna-ops-<id>`. */
  id: string;
  title: string;
  description: string;
  /** Matching page of the app, relative to its root. */
  page: string;
  /** Whether any panel queries Loki; `only` if none queries Prometheus. */
  logs?: boolean | 'only';
  from?: string;
}

/** Creates a dashboard with the common parts. The same options always yield the same JSON. */
export function createDashboard({
  id,
  title,
  description,
  page,
  logs: usesLogs,
  from = 'now-3h',
}: DashboardOptions): DashboardBuilder {
  const builder = new DashboardBuilder(`Sedna: ${title}`)
    .uid(`sedna-ops-${id}`)
    .description(description)
    .tags([DASHBOARD_TAG])
    .editable()
    .tooltip(DashboardCursorSync.Crosshair)
    .refresh('1m')
    .time({ from, to: 'now' })
    .link(
      new DashboardLinkBuilder('Sedna dashboards')
        .type(DashboardLinkType.Dashboards)
        .tags([DASHBOARD_TAG])
        .asDropdown(true)
        .includeVars(true)
        .keepTime(true)
    )
    .link(
      new DashboardLinkBuilder('Open in Sedna Ops').type(DashboardLinkType.Link).url(`${APP}/${page}`).keepTime(true)
    );
  if (usesLogs !== 'only') {
    builder.withVariable(new DatasourceVariableBuilder('prometheus').label('Prometheus').type('prometheus'));
  }
  return usesLogs ? builder.withVariable(new DatasourceVariableBuilder('loki').label('Loki').type('loki')) : builder;
}

/**
 * Builds the dashboard, numbers its panels, and limits annotations to some of them. On a state timeline, they would
 * cover the states.
 * @param annotatedPanels titles of the panels with annotations
 * @throws if a title matches no panel
 */
export function buildDashboard(builder: DashboardBuilder, annotatedPanels: readonly string[] = []): Dashboard {
  const dashboard = builder.build();
  const ids: number[] = [];
  let lastId = 0;
  const numberPanels = (panels: Array<{ id?: number; title?: string; panels?: unknown[] }>) => {
    for (const panel of panels) {
      panel.id = ++lastId;
      if (annotatedPanels.includes(panel.title ?? '')) {
        ids.push(panel.id);
      }
      numberPanels((panel.panels ?? []) as typeof panels);
    }
  };
  numberPanels((dashboard.panels ?? []) as Parameters<typeof numberPanels>[0]);
  if (ids.length < annotatedPanels.length) {
    throw new Error(`${dashboard.title} doesn't have all of these panels: ${annotatedPanels.join(', ')}`);
  }
  for (const annotation of dashboard.annotations?.list ?? []) {
    annotation.filter = { exclude: false, ids };
    delete annotation.placement;
  }
  for (const link of dashboard.links ?? []) {
    // The SDK moves links and annotation toggles into a menu, where they are easily overlooked.
    delete link.placement;
  }
  return dashboard;
}
