/** Tabs of one object's page: which there are for a kind, and what each of them shows. */
import { t } from '@grafana/i18n';
import type { SceneDataLayerSet, SceneObject } from '@grafana/scenes';
import type { DataSourceRole } from '../../platform/dataSources';
import type { ResourceTab } from '../../platform/links/links';
import type { ObjectRef } from '../../query/resources';
import { stageConditions } from '../../query/metrics';
import { createStageChangesLayer } from '../../panels/stageChangeAnnotations';
import { findKind, type Kind } from '../../sedna/kinds';
import { DiagnosisScene } from './diagnosis/DiagnosisScene';
import { ResourceLogsScene } from './logs/ResourceLogsScene';
import { ObjectScene } from './object';
import { ResourceMetricsScene } from './metrics/ResourceMetricsScene';
import { RelationsScene } from './relations/RelationsScene';
import { StatusScene } from './status/StatusScene';
import { WorkersScene } from './workers/WorkersScene';

export interface Tab {
  id: ResourceTab;
  title: () => string;
  /** What it cannot do without; absent where it asks no data source. */
  needs?: DataSourceRole;
  /** Whether it makes sense for a kind. */
  isFor: (kind: Kind) => boolean;
  body: (ref: ObjectRef) => SceneObject;
  /** Whether it shows what is now only, so that a time range would choose nothing. */
  isNow?: boolean;
  /** What is drawn into every graph of it. */
  layers?: (ref: ObjectRef) => SceneDataLayerSet | undefined;
}

const always = () => true;

/** In the order in which they stand; the first is there for every kind. */
export const TABS: readonly Tab[] = [
  {
    id: 'status',
    title: () => t('resource.tab.status', 'Status'),
    needs: 'prometheus',
    isFor: always,
    body: (ref) => new StatusScene({ ref }),
  },
  {
    id: 'diagnosis',
    title: () => t('resource.tab.diagnosis', 'Diagnosis'),
    needs: 'prometheus',
    isFor: always,
    body: (ref) => new DiagnosisScene({ ref }),
  },
  {
    id: 'workers',
    title: () => t('resource.tab.workers', 'Workers'),
    needs: 'prometheus',
    isFor: ({ hasWorkers }) => hasWorkers,
    body: (ref) => new WorkersScene({ ref }),
  },
  {
    id: 'logs',
    title: () => t('resource.tab.logs', 'Logs'),
    needs: 'loki',
    // Nothing that logs names a Model, nor an object that no controller looks at.
    isFor: ({ kind, hasWorkers }) => hasWorkers || kind === 'Dataset',
    body: (ref) => new ResourceLogsScene({ ref }),
  },
  {
    id: 'metrics',
    title: () => t('resource.tab.metrics', 'Metrics'),
    needs: 'prometheus',
    isFor: always,
    body: (ref) => new ResourceMetricsScene({ ref }),
    layers: ({ kind, namespace, name }) =>
      findKind(kind)?.staged ? createStageChangesLayer(stageConditions({ kind, namespace, names: [name] })) : undefined,
  },
  {
    id: 'relations',
    title: () => t('resource.tab.relations', 'Relations'),
    needs: 'prometheus',
    isFor: ({ kind, hasWorkers }) => hasWorkers || kind === 'Dataset' || kind === 'Model',
    body: (ref) => new RelationsScene({ ref }),
    isNow: true,
  },
  {
    id: 'object',
    title: () => t('resource.tab.object', 'Object'),
    isFor: always,
    body: (address) => new ObjectScene({ address }),
    isNow: true,
  },
];
