/** Defines the tabs of an object's page. */
import type { SceneDataLayerSet, SceneObject } from '@grafana/scenes';
import type { DataSourceRole } from '../../platform/dataSources';
import type { ResourceTab } from '../../platform/links/links';
import type { ObjectRef } from '../../sedna/objectRef';
import { stageConditions } from '../../query/metrics';
import { createStageChangesLayer } from '../../panels/stageChangeAnnotations';
import { findKind, type Kind } from '../../sedna/kinds';
import { DiagnosisScene } from './diagnosis/DiagnosisScene';
import { ResourceLogsScene } from './logs/ResourceLogsScene';
import { ObjectScene } from './object/ObjectScene';
import { ResourceMetricsScene } from './metrics/ResourceMetricsScene';
import { ResourceRelationsScene } from './relations/ResourceRelationsScene';
import { StatusScene } from './status/StatusScene';
import { WorkersScene } from './workers/WorkersScene';
import { t } from '../../platform/i18n';

export interface ObjectTabDefinition {
  id: ResourceTab;
  title: () => string;
  /** Data source that the tab needs; undefined if it sends no query. */
  needs?: DataSourceRole;
  isFor: (kind: Kind) => boolean;
  body: (ref: ObjectRef) => SceneObject;
  /** Whether the tab shows only the current state, so that it needs no time range. */
  isNow?: boolean;
  /** Annotations that every panel of the tab draws. */
  layers?: (ref: ObjectRef) => SceneDataLayerSet | undefined;
}

const always = () => true;

/** All tabs in their order; the first one suits every kind. */
export const OBJECT_TABS: readonly ObjectTabDefinition[] = [
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
    // No component logs the name of a Model, or of an object without a controller.
    isFor: ({ kind, hasWorkers }) => hasWorkers || kind === 'Dataset',
    body: (ref) => new ResourceLogsScene({ ref }),
  },
  {
    id: 'metrics',
    title: () => t('resource.tab.metrics', 'Metrics'),
    needs: 'prometheus',
    isFor: always,
    body: (ref) => new ResourceMetricsScene({ ref }),
    layers: (ref) => {
      const { kind, namespace, name } = ref;
      return findKind(kind)?.staged
        ? createStageChangesLayer(stageConditions({ kind, namespace, names: [name] }), ref)
        : undefined;
    },
  },
  {
    id: 'relations',
    title: () => t('resource.tab.relations', 'Relations'),
    needs: 'prometheus',
    isFor: ({ kind, hasWorkers }) => hasWorkers || kind === 'Dataset' || kind === 'Model',
    body: (ref) => new ResourceRelationsScene({ ref }),
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
