import { urlUtil } from '@grafana/data';
import { getDataSourceRef, type DataSourceRole } from '../dataSources';

export interface AlertRuleDraft {
  name: string;
  role: DataSourceRole;
  /** Returns one number per series. `window` replaces Grafana's interval variables. */
  expr: string;
  /** The rule fires for each series above it. */
  threshold: number;
  /** Plain text of the notification. */
  summary: string;
  /** Duration in PromQL and LogQL syntax. */
  window?: string;
}

/** Variables that only a dashboard sets; an alert rule can't use them. */
const INTERVALS = /\$__(?:rate_interval|interval|auto|range)\b/g;

/** Maximum length of a rule's title in Grafana. */
const MAX_NAME_LENGTH = 190;

/** Escapes text for an annotation, which is a Go template. */
const escapeTemplate = (text: string) => text.replaceAll('{{', '{{ "{{" }}');

/** Data source of Grafana's server-side expressions. */
const EXPRESSION = '__expr__';

/** Returns the URL of Grafana's form for a new alert rule with these values. Opening it saves nothing. */
export function buildAlertRuleUrl({ name, role, expr, threshold, summary, window = '5m' }: AlertRuleDraft): string {
  const datasource = getDataSourceRef(role);
  const defaults = {
    type: 'grafana-alerting',
    name: name.slice(0, MAX_NAME_LENGTH),
    queries: [
      {
        refId: 'A',
        queryType: '',
        datasourceUid: datasource.uid,
        relativeTimeRange: { from: 600, to: 0 },
        model: {
          refId: 'A',
          datasource,
          expr: expr.replace(INTERVALS, window),
          instant: true,
          range: false,
          ...(role === 'loki' && { queryType: 'instant' }),
        },
      },
      {
        refId: 'B',
        queryType: '',
        datasourceUid: EXPRESSION,
        model: {
          refId: 'B',
          datasource: { uid: EXPRESSION, type: EXPRESSION },
          type: 'threshold',
          expression: 'A',
          conditions: [
            {
              type: 'query',
              evaluator: { type: 'gt', params: [threshold] },
              operator: { type: 'and' },
              query: { params: [] },
              reducer: { type: 'last', params: [] },
            },
          ],
        },
      },
    ],
    condition: 'B',
    // No series means that no series is above the threshold.
    noDataState: 'OK',
    annotations: [{ key: 'summary', value: escapeTemplate(summary) }],
  };
  return urlUtil.renderUrl('/alerting/new/alerting', { defaults: JSON.stringify(defaults) });
}
