/** Queries of panels and annotations in dashboards, with variables replaced. */
import { DASHBOARDS } from '../../../dashboards/generate';

export interface DashboardQuery {
  dashboard: string;
  /** Title of the panel, or `marks:` and the name of the annotation. */
  title: string;
  source: 'prometheus' | 'loki';
  expr: string;
  /** Whether it is an instant query. */
  instant: boolean;
}

interface PanelTarget {
  expr: string;
  instant?: boolean;
}

interface AnyPanel {
  type: string;
  title?: string;
  datasource?: { type?: string };
  targets?: PanelTarget[];
  collapsed?: boolean;
  panels?: AnyPanel[];
  repeat?: string;
  fieldConfig?: { defaults?: { noValue?: string } };
  description?: string;
}

/** Returns all panels, including those in collapsed rows, without the rows. */
export const getPanels = (panels: readonly AnyPanel[]): AnyPanel[] =>
  panels.flatMap((panel) => (panel.type === 'row' ? getPanels(panel.panels ?? []) : [panel]));

/** Values of variables when Grafana opens a dashboard. */
const VALUES: Readonly<Record<string, string>> = {
  __range: '10800s',
  __interval: '15s',
  __rate_interval: '60s',
  __auto: '60s',
  'search:regex': '',
};

/** Replaces variables in an expression. Variables without a selected value match everything. */
export function resolveVariables(expr: string, selected: Readonly<Record<string, string>> = {}): string {
  return expr.replace(/\$\{([\w:]+)\}|\$(\w+)/g, (_, braced?: string, plain?: string) => {
    const name = (braced ?? plain)!;
    return VALUES[name] ?? selected[name] ?? '.+';
  });
}

/** Returns all queries of panels and annotations in a dashboard. */
export function getQueries(file: string): DashboardQuery[] {
  const dashboard = DASHBOARDS[file]();
  const of = (title: string, type: string | undefined, { expr, instant }: PanelTarget): DashboardQuery => ({
    dashboard: dashboard.title ?? file,
    title,
    source: type === 'loki' ? 'loki' : 'prometheus',
    expr,
    instant: instant === true,
  });
  return [
    ...getPanels((dashboard.panels ?? []) as AnyPanel[]).flatMap(({ title, datasource, targets = [] }) =>
      targets.map((target) => of(title ?? '', datasource?.type, target))
    ),
    ...(dashboard.annotations?.list ?? []).map((mark) => of(`marks: ${mark.name}`, 'prometheus', { expr: mark.expr! })),
  ];
}
