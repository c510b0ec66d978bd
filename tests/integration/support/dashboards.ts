/** What dashboards ask, as the data sources get it: queries of panels, variables and marks, with variables replaced. */
import { DASHBOARDS } from '../../../dashboards/generate';

export interface DashboardQuery {
  dashboard: string;
  /** Title of the panel, or what else asks. */
  title: string;
  source: 'prometheus' | 'loki';
  expr: string;
  /** Values of now, rather than over time. */
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

/** Panels of a dashboard, those of closed rows too; rows themselves are none. */
export const getPanels = (panels: readonly AnyPanel[]): AnyPanel[] =>
  panels.flatMap((panel) => (panel.type === 'row' ? getPanels(panel.panels ?? []) : [panel]));

/** Values of the variables as Grafana writes them into queries when a dashboard is opened. */
const VALUES: Readonly<Record<string, string>> = {
  __range: '10800s',
  __interval: '15s',
  __rate_interval: '60s',
  __auto: '60s',
  'search:regex': '',
};

/** Puts variables into an expression; those of dashboards are all chosen unless told. */
export function resolveVariables(expr: string, selected: Readonly<Record<string, string>> = {}): string {
  return expr.replace(/\$\{([\w:]+)\}|\$(\w+)/g, (_, braced?: string, plain?: string) => {
    const name = (braced ?? plain)!;
    return VALUES[name] ?? selected[name] ?? '.+';
  });
}

/** Every query that the panels and marks of a dashboard hold. */
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
