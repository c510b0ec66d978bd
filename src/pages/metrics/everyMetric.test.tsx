import { screen, within } from '@testing-library/react';
import { getVisualization } from '../../query/metrics';
import { getIdentityLabels, METRICS, SYSTEM_METRICS, type Metric } from '../../sedna/catalog';
import { seriesFrame } from '../../test/mockGrafana';
import { openMetrics } from './testSupport';

/** Labels as a series of it has them; of a state set the state that is on. */
const labelsOf = (metric: Metric): Record<string, string> => ({
  ...Object.fromEntries([...getIdentityLabels(metric), ...metric.labels].map((label) => [label, `its-${label}`])),
  ...(metric.states && { [metric.states.label]: metric.states.values[0] }),
});

// What the demo has is compared with Prometheus in tests/e2e/metrics.spec.ts; these are all of docs/use/metrics.md.
it.each([...METRICS, ...SYSTEM_METRICS].map((metric) => [metric.name, metric] as const))(
  '%s is shown with what Prometheus answers',
  async (name, metric) => {
    const drawing = getVisualization(metric);
    const points: Array<[number, number]> = [[Math.floor(Date.now() / 1000), drawing === 'series' ? 0.25 : 1]];
    await openMetrics({ metric: name }, { frames: { metric: [seriesFrame(labelsOf(metric), points)] } });
    const row = within(within(await screen.findByTestId('metric-table')).getAllByRole('row')[1]);
    switch (drawing) {
      case 'states':
        expect(row.getByText(new RegExp(`${metric.states?.values[0]}$`))).toBeInTheDocument();
        break;
      case 'table':
        for (const label of [...getIdentityLabels(metric), ...metric.labels]) {
          expect(row.getByText(`its-${label}`)).toBeInTheDocument();
        }
        break;
      default:
        expect(row.getAllByTitle('0.25')).toHaveLength(4);
    }
  }
);
