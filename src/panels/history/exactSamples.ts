/** Number of samples of a dataset over time, from the journal. */
import { FieldType, LoadingState, type TimeRange } from '@grafana/data';
import { SceneDataNode, type VizPanel } from '@grafana/scenes';
import { t } from '../../platform/i18n';
import type { JournalEntry } from '../../sedna/journal';
import { buildTimeSeriesPanel } from '../builders';

export type SampleStep = [time: number, samples: number | null];

/**
 * Returns the steps of the number of samples in a time range, with those at its start and end; none if no report is known.
 * @param entries - of one dataset, in the order in which they were seen
 * @param range - Unix time in ms
 */
export function toSampleSteps(
  entries: readonly JournalEntry[],
  { from, to }: { from: number; to: number }
): SampleStep[] {
  const all = entries.flatMap((entry): Array<SampleStep & { before?: number }> => {
    const time = Date.parse(entry.time);
    if (entry.what === 'samples') {
      return [Object.assign([time, entry.after ?? null] as SampleStep, { before: entry.before })];
    }
    return entry.what === 'deleted' ? [[time, null]] : [];
  });
  const steps = all.filter(([time]) => time <= to).sort((a, b) => a[0] - b[0]);
  const within = steps.filter(([time]) => time >= from);
  const known = steps.filter(([time]) => time < from).at(-1)?.[1] ?? within[0]?.before;
  const start: SampleStep[] = known === undefined || known === null ? [] : [[from, known]];
  const last = within.at(-1)?.[1] ?? (within.length === 0 ? known : null);
  const end: SampleStep[] = last === undefined || last === null ? [] : [[to, last]];
  return [...start, ...within.map(([time, samples]): SampleStep => [time, samples]), ...end];
}

/** Data of a panel, which changes with the time range. */
class SampleStepsNode extends SceneDataNode {
  show(steps: readonly SampleStep[], timeRange: TimeRange) {
    const name = t('exact-samples.name', 'Samples');
    const series = [
      {
        length: steps.length,
        fields: [
          { name: 'Time', type: FieldType.time, config: {}, values: steps.map(([time]) => time) },
          { name, type: FieldType.number, config: {}, values: steps.map(([, samples]) => samples) },
        ],
      },
    ];
    this.setState({ data: { state: LoadingState.Done, series, timeRange } });
    return this;
  }
}

/**
 * Returns the panel of the samples at their exact times.
 * @param known - panel of an earlier call, which is updated
 */
export function toExactSamplesPanel(
  known: VizPanel | undefined,
  title: string,
  steps: readonly SampleStep[],
  timeRange: TimeRange
): VizPanel {
  const node = known?.state.$data?.state.$data;
  if (known && node instanceof SampleStepsNode) {
    node.show(steps, timeRange);
    return known;
  }
  const $data = new SampleStepsNode().show(steps, timeRange);
  return buildTimeSeriesPanel({ title, $data, unit: 'locale', isStepped: true });
}
