import { LoadingState, makeTimeRange } from '@grafana/data';
import { SceneDataNode } from '@grafana/scenes';
import { screen } from '@testing-library/react';
import { linesFrame, panelData } from '../../test/mockGrafana';
import { renderScene } from '../../test/render';
import { LogsSummary } from './LogsSummary';

const TO = Date.UTC(2026, 10, 23, 8);
const HOUR = 3_600_000;

interface Given {
  /** How long before the end of the range each line was written, in hours. */
  ages: readonly number[];
  /** Hours of the range. */
  range?: number;
  order?: 'newest' | 'oldest';
  limit?: number;
  state?: LoadingState;
}

function show({ ages, range = 1, order = 'newest', limit = 500, state = LoadingState.Done }: Given) {
  const lines = ages.map((age) => ({ time: (TO - age * HOUR) / 1000, text: 'a', labels: { pod: 'p' } }));
  const stats = [
    { displayName: 'Summary: total bytes processed', value: 2_500_000 },
    { displayName: 'Summary: total lines processed', value: 12_000 },
    { displayName: 'Summary: exec time', value: 0.25 },
  ];
  const series = [{ ...linesFrame(lines), meta: { stats } }];
  const timeRange = makeTimeRange(new Date(TO - range * HOUR).toISOString(), new Date(TO).toISOString());
  const node = new SceneDataNode({ data: panelData({ series, timeRange, state }) });
  const scene = new LogsSummary({ limit, order, $data: node });
  jest.spyOn(Date, 'now').mockReturnValue(TO);
  const { container } = renderScene(scene);
  return container;
}

describe('LogsSummary', () => {
  it('shows that these are all lines, and the cost of the query', () => {
    expect(show({ ages: [0.5, 0.2] })).toHaveTextContent(
      /All 2 lines in the time rangeLoki read 2.5 MB, 12,000 lines, in 250.0 ms *Time zone: UTC\+00:00/
    );
  });

  it.each([
    ['newest', 'Newest 2 lines. Scroll down for older ones.'],
    ['oldest', 'Oldest 2 lines. Scroll down for newer ones.'],
  ] as const)('shows that there may be more lines if the limit is reached, %s first', (order, words) => {
    expect(show({ ages: [0.5, 0.2], limit: 2, order })).toHaveTextContent(words);
  });

  it('shows the age of the first line if most of the time range has none', () => {
    const gap = show({ ages: [30, 1], range: 14 * 24 });
    expect(gap).toHaveTextContent(/First line: a day ago *No older lines were written, or Loki's retention/);
  });

  it.each([
    ['the range is not much longer than the lines', { ages: [30, 1], range: 48 }],
    ['there are more lines than are shown', { ages: [30, 1], range: 14 * 24, limit: 2 }],
  ])('omits the age of the first line if %s', (_, given) => {
    show(given);
    expect(screen.queryByText(/First line/)).not.toBeInTheDocument();
  });

  it('shows nothing before the first response', () => {
    expect(show({ ages: [], state: LoadingState.Loading })).toHaveTextContent(/^$/);
  });
});
