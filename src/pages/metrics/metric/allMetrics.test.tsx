import { screen, within } from '@testing-library/react';
import { getVisualization } from '../../../query/metrics';
import { getIdentityLabels, METRICS, SYSTEM_METRICS, type Metric } from '../../../sedna/catalog';
import { seriesFrame } from '../../../test/mockGrafana';
import { openMetrics } from '../testUtils';
import { TEST_IDS } from '../../../ui/testIds';

/** Returns the labels of a series; those of a state set have its first state. */
const createLabels = (metric: Metric): Record<string, string> => ({
  ...Object.fromEntries([...getIdentityLabels(metric), ...metric.labels].map((label) => [label, `its-${label}`])),
  ...(metric.states && { [metric.states.label]: metric.states.values[0] }),
});

describe('Metrics page', () => {
  // All metrics of docs/use/metrics.md; tests/e2e/specs/exploreMetrics.spec.ts compares those of the simulator with Prometheus.
  it.each([...METRICS, ...SYSTEM_METRICS].map((metric) => [metric.name, metric] as const))(
    'shows the value of %s from the response of Prometheus',
    async (name, metric) => {
      const drawing = getVisualization(metric);
      const points: Array<[number, number]> = [[Math.floor(Date.now() / 1000), drawing === 'series' ? 0.25 : 1]];
      await openMetrics({ metric: name }, { frames: { metric: [seriesFrame(createLabels(metric), points)] } });
      const row = within(within(await screen.findByTestId(TEST_IDS.metrics.table)).getAllByRole('row')[1]);
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
});
