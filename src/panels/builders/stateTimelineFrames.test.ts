import { FieldType, type DataFrame } from '@grafana/data';
import { toStageTimeline, toStateTimeline } from './stateTimelineFrames';

const series = (labels: Record<string, string>, values: Array<[number, number]>): DataFrame => ({
  refId: 'A',
  length: values.length,
  fields: [
    { name: 'Time', type: FieldType.time, config: {}, values: values.map(([time]) => time) },
    { name: 'Value', type: FieldType.number, config: {}, labels, values: values.map(([, value]) => value) },
  ],
});

const column = (frame: DataFrame, name: string) => frame.fields.find((field) => field.name === name)?.values;

describe('stateTimelineFrames', () => {
  it('merges the series that are 1 into stage and condition', () => {
    const [frame] = toStageTimeline([
      series({ stage: 'Train', condition: 'Running' }, [
        [1000, 1],
        [2000, 1],
      ]),
      series({ stage: 'Eval', condition: 'Waiting' }, [[3000, 1]]),
    ]);
    expect(column(frame, 'Time')).toEqual([1000, 2000, 3000]);
    expect(column(frame, 'Stage')).toEqual(['Train', 'Train', 'Eval']);
    expect(column(frame, 'Condition')).toEqual(['Running', 'Running', 'Waiting']);
  });

  it('ignores series that are 0', () =>
    expect(toStageTimeline([series({ stage: 'Train', condition: 'Failed' }, [[1000, 0]])])).toEqual([]));

  it('prefixes the state with the stage, and separates objects by all their labels', () => {
    const of = (labels: Record<string, string>) => ({ namespace: 'a', name: 'x', ...labels });
    const [frame] = toStateTimeline(
      [
        series(of({ cluster: 'one', stage: 'Train', condition: 'Running', instance: 'pod:1' }), [[1000, 1]]),
        series(of({ cluster: 'one', stage: 'Eval', condition: 'Waiting', instance: 'pod:2' }), [[2000, 1]]),
        series(of({ cluster: 'two', stage: 'Eval', condition: 'Failed' }), [[1000, 1]]),
      ],
      'condition'
    );
    expect(column(frame, 'a/x · one')).toEqual(['Train Running', 'Eval Waiting']);
    expect(column(frame, 'a/x · two')).toEqual(['Eval Failed', null]);
  });

  it('returns a row per object, with a gap where it has no sample', () => {
    const [frame] = toStateTimeline(
      [
        series({ namespace: 'a', name: 'x', status: 'True' }, [[1000, 1]]),
        series({ namespace: 'b', name: 'x', status: 'Unknown' }, [[2000, 1]]),
      ],
      'status'
    );
    expect(column(frame, 'a/x')).toEqual(['True', null]);
    expect(column(frame, 'b/x')).toEqual([null, 'Unknown']);
  });
});
