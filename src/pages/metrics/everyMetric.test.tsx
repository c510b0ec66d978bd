import { act, screen, within } from '@testing-library/react';
import { drawingOf } from '../../query/metrics';
import { identityLabels, METRICS, SYSTEM_METRICS, type Metric } from '../../sedna/catalogue';
import { seriesFrame } from '../../test/grafana';
import { openMetrics } from './testSupport';

/** Labels as a series of it has them; of a state set the state that is on. */
const labelsOf = (metric: Metric): Record<string, string> => ({
  ...Object.fromEntries([...identityLabels(metric), ...metric.labels].map((label) => [label, `its-${label}`])),
  ...(metric.states && { [metric.states.label]: metric.states.values[0] }),
});

const sources = [...new Set([...METRICS, ...SYSTEM_METRICS].map(({ source }) => source))];

// What the demo has is compared with Prometheus in tests/e2e/metrics.spec.ts; these are all.
it.each(sources)('every metric of %s is shown with what it says', async (source) => {
  const { metrics, prometheus } = await openMetrics();
  for (const metric of [...METRICS, ...SYSTEM_METRICS].filter((each) => each.source === source)) {
    const now = Math.floor(Date.now() / 1000);
    const value = drawingOf(metric) === 'series' ? 0.25 : 1;
    prometheus.frames = { metric: [seriesFrame(labelsOf(metric), [[now, value]])] };
    await act(async () => metrics.choose({ metric: metric.name }));
    const row = within(within(await screen.findByTestId('metric-table')).getAllByRole('row')[1]);
    switch (drawingOf(metric)) {
      case 'states':
        expect(row.getByText(new RegExp(`${metric.states?.values[0]}$`))).toBeInTheDocument();
        break;
      case 'table':
        [...identityLabels(metric), ...metric.labels].forEach((label) =>
          expect(row.getByText(`its-${label}`)).toBeInTheDocument()
        );
        break;
      default:
        expect(row.getAllByTitle('0.25')).toHaveLength(4);
    }
  }
});
