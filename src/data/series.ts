/** Converts Grafana's frames to plain series. Imports types only, so that it runs without a browser. */
import type { DataFrame, PanelData } from '@grafana/data';
import type { Series } from '../sedna/learning/roundStats';

function toFrameSeries(frame: DataFrame): Series[] {
  const time = frame.fields.find(({ type }) => type === 'time');
  return frame.fields.flatMap((field) =>
    time && field.type === 'number'
      ? [
          {
            labels: field.labels ?? {},
            points: Array.from({ length: frame.length }, (_, index): [number, number] => [
              time.values[index] / 1000,
              field.values[index],
            ]).filter(([, value]) => typeof value === 'number'),
          },
        ]
      : []
  );
}

/** Returns the series of a range query, times in Unix seconds; none before its response. */
export const toSeries = (data: Pick<PanelData, 'series'> | undefined, refId: string): Series[] =>
  (data?.series ?? []).filter((frame) => frame.refId === refId).flatMap(toFrameSeries);
