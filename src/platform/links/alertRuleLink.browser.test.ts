import { fakeLoki, fakePrometheus, mockGrafana } from '../../test/mockGrafana';
import { buildAlertRuleUrl, type AlertRuleDraft } from './alertRuleLink';

const DRAFT: AlertRuleDraft = {
  name: 'Lines of dog',
  role: 'loki',
  expr: 'sum(count_over_time({pod="dog"} |= "50% & more" [$__auto]))',
  threshold: 0,
  summary: 'Someone said {{ .Labels }} & more',
};

/** What Grafana's form reads out of the URL. */
function parseForm(draft: Partial<AlertRuleDraft>) {
  mockGrafana({ dataSources: [fakeLoki(), fakePrometheus()] });
  const { pathname, searchParams } = new URL(buildAlertRuleUrl({ ...DRAFT, ...draft }), 'http://grafana.example');
  expect(pathname).toBe('/alerting/new/alerting');
  expect([...searchParams.keys()]).toEqual(['defaults']);
  return JSON.parse(searchParams.get('defaults')!);
}

describe('alertRuleLink', () => {
  it('fills in the form with the data source of the page', () => {
    const form = parseForm({});
    expect(form).toMatchObject({ type: 'grafana-alerting', name: 'Lines of dog', condition: 'B', noDataState: 'OK' });
    expect(form.queries).toEqual([
      {
        refId: 'A',
        queryType: '',
        datasourceUid: 'uid-loki',
        relativeTimeRange: { from: 600, to: 0 },
        model: {
          refId: 'A',
          datasource: { uid: 'uid-loki', type: 'loki' },
          expr: 'sum(count_over_time({pod="dog"} |= "50% & more" [5m]))',
          queryType: 'instant',
          instant: true,
          range: false,
        },
      },
      expect.objectContaining({ refId: 'B', datasourceUid: '__expr__' }),
    ]);
  });

  it('fires above the threshold', () => {
    const { model } = parseForm({ threshold: 0.5 }).queries[1];
    expect(model).toMatchObject({
      type: 'threshold',
      expression: 'A',
      datasource: { uid: '__expr__', type: '__expr__' },
    });
    expect(model.conditions[0].evaluator).toEqual({ type: 'gt', params: [0.5] });
  });

  it('replaces variables that only a dashboard sets', () => {
    const exprOf = (expr: string, window?: string) =>
      parseForm({ role: 'prometheus', expr, window }).queries[0].model.expr as string;
    expect(exprOf('rate(a[$__rate_interval]) / rate(b[$__interval])')).toBe('rate(a[5m]) / rate(b[5m])');
    expect(exprOf('rate(a[$__range])', '1h')).toBe('rate(a[1h])');
  });

  it('sends an instant query to Prometheus', () =>
    expect(parseForm({ role: 'prometheus' }).queries[0]).toMatchObject({
      datasourceUid: 'uid-prometheus',
      model: { instant: true, range: false, datasource: { type: 'prometheus' } },
    }));

  it('escapes templates in the summary and truncates a long name', () => {
    const { annotations, name } = parseForm({ name: 'x'.repeat(500) });
    expect(annotations).toEqual([{ key: 'summary', value: 'Someone said {{ "{{" }} .Labels }} & more' }]);
    expect(name).toHaveLength(190);
  });
});
