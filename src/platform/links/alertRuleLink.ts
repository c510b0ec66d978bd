/** Links to Grafana's form for a new alert rule, filled in. */
import { urlUtil } from '@grafana/data';
import { getDataSourceRef, type DataSourceRole } from '../dataSources';

export interface AlertRuleDraft {
  name: string;
  /** What is asked. */
  role: DataSourceRole;
  /** Gives one number a series. Grafana's variables for an interval stand for `window`. */
  expr: string;
  /** The rule fires for a series that is above. */
  threshold: number;
  /** Plain text, for people who are told. */
  summary: string;
  /** Duration as both query languages write it. */
  window?: string;
}

/** Where a rule is evaluated there is no dashboard that could give them a value. */
const INTERVALS = /\$__(?:rate_interval|interval|auto|range)\b/g;

/** Grafana takes no longer name. */
const NAME_LENGTH = 190;

/** Text of an annotation is a template of Go: braces that open one are written as a text within one. */
const plainText = (text: string) => text.replaceAll('{{', '{{ "{{" }}');

/** An expression of Grafana's own, evaluated on the server over what queries gave. */
const EXPRESSION = '__expr__';

/** Opens the form for a new rule of Grafana's own alerting; it does not save anything. */
export function buildAlertRuleUrl({ name, role, expr, threshold, summary, window = '5m' }: AlertRuleDraft): string {
  const datasource = getDataSourceRef(role);
  const defaults = {
    type: 'grafana-alerting',
    name: name.slice(0, NAME_LENGTH),
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
    // No series is how nothing to complain about looks like.
    noDataState: 'OK',
    annotations: [{ key: 'summary', value: plainText(summary) }],
  };
  return urlUtil.renderUrl('/alerting/new/alerting', { defaults: JSON.stringify(defaults) });
}
