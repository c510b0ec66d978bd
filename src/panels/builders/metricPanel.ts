/** How a metric of the catalogue, or any other, is drawn. */
import type { SceneDataProvider, VizPanel } from '@grafana/scenes';
import { getVisualization, isSparse } from '../../query/metrics';
import { findMetric, type Metric, type MetricUnit } from '../../sedna/catalog';
import { buildStateTimelinePanel } from './stateTimeline';
import { buildTablePanel } from './table';
import { buildTimeSeriesPanel } from './timeSeries';
import { t } from '../../platform/i18n';

/** Units as Grafana calls them. */
const UNITS: Partial<Record<MetricUnit, string>> = {
  none: 'none',
  score: 'none',
  seconds: 's',
  bytes: 'bytes',
  ratio: 'percentunit',
  percent: 'percent',
};
/** Of counters, which are drawn as rates; seconds in a second are cores. */
const RATES: Partial<Record<MetricUnit, string>> = { seconds: 'none', bytes: 'Bps' };

/** Unit of what is drawn, as Grafana calls it. */
export const getMetricUnit = (metric: Metric | undefined): string =>
  (metric?.type === 'counter' ? RATES[metric.unit] : metric ? UNITS[metric.unit] : 'none') ?? 'locale';

export const getMetricTitle = (name: string): string =>
  findMetric(name)?.type === 'timestamp' ? t('metrics.age-of', 'Age of {{metric}}', { metric: name }) : name;

interface MetricPanelOptions {
  /** Absent: the data of what the panel stands in. */
  $data?: SceneDataProvider;
  /** Of several queries that share `$data`, the one that is the metric. */
  refId?: string;
  /** The query that gives the same at an earlier time, and how its lines are told apart. */
  before?: { refId: string; suffix: string };
}

/** A metric over time: numbers as lines, enumerations as bands, infos as a table of what is current. */
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
