import type { SceneDataProvider, VizPanel } from '@grafana/scenes';
import { getVisualization, isSparse } from '../../query/metrics';
import { findMetric, type Metric, type MetricUnit } from '../../sedna/catalog';
import { buildStateTimelinePanel } from './stateTimeline';
import { buildTablePanel } from './table';
import { buildTimeSeriesPanel } from './timeSeries';
import { t } from '../../platform/i18n';

/** Unit IDs of Grafana. */
const UNITS: Partial<Record<MetricUnit, string>> = {
  none: 'none',
  score: 'none',
  seconds: 's',
  bytes: 'bytes',
  ratio: 'percentunit',
  percent: 'percent',
};
/** Unit IDs of counters, which are shown as rates; seconds per second are cores. */
const RATES: Partial<Record<MetricUnit, string>> = { seconds: 'none', bytes: 'Bps' };

/** Returns the unit ID of Grafana for the values of the panel. */
export const getMetricUnit = (metric: Metric | undefined): string =>
  (metric?.type === 'counter' ? RATES[metric.unit] : metric ? UNITS[metric.unit] : 'none') ?? 'locale';

export const getMetricTitle = (name: string): string =>
  findMetric(name)?.type === 'timestamp' ? t('metrics.age-of', 'Age of {{metric}}', { metric: name }) : name;

interface MetricPanelOptions {
  /** Data of the surrounding scene object if absent. */
  $data?: SceneDataProvider;
  /** Query of the metric if several share `$data`. */
  refId?: string;
  /** Query of the same values at an earlier time, and the suffix of its series names. */
  before?: { refId: string; suffix: string };
}

/** Builds the panel of a metric: numbers as a graph, states as a timeline, infos as a table. */
export function buildMetricPanel(name: string, { $data, refId, before }: MetricPanelOptions = {}): VizPanel {
  const metric = findMetric(name);
  const title = getMetricTitle(name);
  switch (getVisualization(metric)) {
    case 'states':
      return buildStateTimelinePanel({ title, label: metric?.states?.label ?? '', $data });
    case 'table':
      return buildTablePanel({ title, $data });
    default:
      return buildTimeSeriesPanel({
        title,
        unit: getMetricUnit(metric),
        $data,
        refId,
        before,
        sparse: isSparse(metric) ? 'dots' : undefined,
      });
  }
}
