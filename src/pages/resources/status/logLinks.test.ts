import { dateTime } from '@grafana/data';
import type { KindName } from '../../../sedna/kinds';
import { panelData, seriesFrame } from '../../../test/mockGrafana';
import { logsUrlAt } from './logLinks';

const ref = (kind: KindName) => ({ kind, namespace: 'robots', name: 'dog' });
const START = 1_700_000_000;
const minute = (minutes: number) => START + minutes * 60;
/** One sample per minute; the last minute is excluded. */
const during = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index): [number, number] => [minute(from + index), 1]);

function answer(...series: Array<ReturnType<typeof seriesFrame>>) {
  const [from, to] = [minute(-60), minute(60)].map((time) => dateTime(time * 1000));
  return panelData({
    series: series.map((frame) => ({ ...frame, refId: 'condition' })),
    timeRange: { from, to, raw: { from, to } },
  });
}

const round = answer(
  seriesFrame({ stage: 'Train', condition: 'Waiting' }, during(0, 10)),
  seriesFrame({ stage: 'Train', condition: 'Running' }, during(10, 20)),
  seriesFrame({ stage: 'Train', condition: 'Completed' }, during(20, 21)),
  seriesFrame({ stage: 'Eval', condition: 'Running' }, during(21, 30))
);

function window(url: string) {
  const { pathname, searchParams } = new URL(url, 'http://grafana');
  const at = (name: string) => (Number(searchParams.get(name)) / 1000 - START) / 60;
  return { tab: pathname.split('/').pop(), stage: searchParams.get('stage'), from: at('from'), to: at('to') };
}
const at = (kind: KindName, data: typeof round | undefined, minutes: number) =>
  window(logsUrlAt(ref(kind), data, minute(minutes) * 1000));

describe('logsUrlAt', () => {
  it.each([0, 10, 20])('links minute %d of the training to all of its logs with a margin of five minutes', (minutes) =>
    expect(at('LifelongLearningJob', round, minutes)).toEqual({ tab: 'logs', stage: 'Train', from: -5, to: 25 })
  );

  it('links a stage in progress to its logs until now', () =>
    expect(at('LifelongLearningJob', round, 25)).toEqual({ tab: 'logs', stage: 'Eval', from: 16, to: 65 }));

  it('links to the logs around a time without a stage', () => {
    expect(at('LifelongLearningJob', undefined, 3)).toEqual({ tab: 'logs', stage: null, from: -2, to: 8 });
    expect(at('FederatedLearningJob', undefined, 3)).toEqual({ tab: 'logs', stage: null, from: -2, to: 8 });
  });

  describe('for a kind without stages', () => {
    const states = answer(
      seriesFrame({ condition: 'Training' }, [...during(0, 10), ...during(15, 20)]),
      seriesFrame({ condition: 'Failed' }, during(10, 15))
    );
    it.each([
      [4, -5, 15],
      [10, 5, 20],
      [17, 10, 24],
    ])('links minute %d to the logs of the state at that time', (minutes, from, to) =>
      expect(at('FederatedLearningJob', states, minutes)).toEqual({ tab: 'logs', stage: null, from, to })
    );
  });
});
