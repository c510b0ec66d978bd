import React from 'react';
import { t } from '@grafana/i18n';
import {
  SceneFlexItem,
  SceneFlexLayout,
  SceneObjectBase,
  SceneObjectUrlSyncConfig,
  type SceneComponentProps,
  type SceneObjectState,
  type SceneObjectUrlValues,
} from '@grafana/scenes';
import { Stack } from '@grafana/ui';
import { drawingOf, metricExpression } from '../../query/metrics';
import { seriesPanel, stateTimelinePanel, tablePanel } from '../../scenes/panels';
import { instantRunner, rangeRunner } from '../../scenes/queries';
import { QueryNotice } from '../../scenes/QueryNotice';
import { oneText, textToUrl } from '../../scenes/urlText';
import { findMetric, type MetricUnit } from '../../sedna/catalogue';
import { findKind } from '../../sedna/kinds';
import { MetricsControls } from './MetricsControls';
import { Catalogue } from './Catalogue';
import { MetricFacts } from './MetricFacts';

interface MetricsState extends SceneObjectState {
  /** Name of a metric, of the catalogue or not; empty shows the catalogue. */
  metric: string;
  /** Kind of the component, for the catalogue; empty is any. */
  kind: string;
  namespace: string;
  name: string;
  body?: SceneFlexLayout;
}

/** Units as Grafana calls them. */
const UNITS: Record<MetricUnit, string> = {
  none: 'none',
  seconds: 's',
  samples: 'locale',
  workers: 'locale',
  tasks: 'locale',
  rounds: 'locale',
  lines: 'locale',
  ratio: 'percentunit',
  percent: 'percent',
  score: 'none',
};

/** One metric of one component, or of all, over time. */
export class MetricsScene extends SceneObjectBase<MetricsState> {
  protected _urlSync = new SceneObjectUrlSyncConfig(this, { keys: ['metric', 'kind', 'namespace', 'name'] });

  getUrlState() {
    const { metric, kind, namespace, name } = this.state;
    return { metric: textToUrl(metric), kind: textToUrl(kind), namespace: textToUrl(namespace), name: textToUrl(name) };
  }

  updateFromUrl(values: SceneObjectUrlValues) {
    this.choose({
      ...('metric' in values ? { metric: oneText(values.metric) } : {}),
      ...('kind' in values ? { kind: findKind(oneText(values.kind))?.kind ?? '' } : {}),
      ...('namespace' in values ? { namespace: oneText(values.namespace) } : {}),
      ...('name' in values ? { name: oneText(values.name) } : {}),
    });
  }

  choose = (change: Partial<Pick<MetricsState, 'metric' | 'kind' | 'namespace' | 'name'>>) => {
    const next = { ...this.state, ...change };
    this.setState({ ...change, body: next.metric === '' ? undefined : buildBody(next) });
  };

  static Component = MetricBrowser;
}

function MetricBrowser({ model }: SceneComponentProps<MetricsScene>) {
  const { metric, body } = model.useState();
  return (
    <Stack direction="column" gap={2} width="100%">
      <MetricsControls model={model} />
      {body ? (
        <>
          <MetricFacts name={metric} />
          <body.Component model={body} />
        </>
      ) : (
        <Catalogue model={model} />
      )}
    </Stack>
  );
}

function buildBody({ metric, namespace, name }: Pick<MetricsState, 'metric' | 'namespace' | 'name'>) {
  const entry = findMetric(metric);
  const expression = { metric: metricExpression(metric, { namespace, name }) };
  const drawing = drawingOf(entry);
  const $data = drawing === 'table' ? instantRunner(expression) : rangeRunner(expression);
  return new SceneFlexLayout({
    direction: 'column',
    $data,
    children: [
      new SceneFlexItem({ ySizing: 'content', body: new QueryNotice({ role: 'prometheus' }) }),
      new SceneFlexItem({ minHeight: 380, body: buildPanel() }),
    ],
  });

  function buildPanel() {
    const title = entry?.type === 'timestamp' ? t('metrics.age-of', 'Age of {{metric}}', { metric }) : metric;
    switch (drawing) {
      case 'states':
        return stateTimelinePanel({ title, label: entry?.states?.label ?? '' });
      case 'table':
        return tablePanel({ title });
      default:
        return seriesPanel({ title, unit: UNITS[entry?.unit ?? 'none'] });
    }
  }
}
