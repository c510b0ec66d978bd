import React, { lazy, Suspense } from 'react';
import type { DataFrame, PanelData } from '@grafana/data';
import {
  sceneGraph,
  SceneObjectBase,
  type SceneComponentProps,
  type SceneObjectState,
  type VizPanel,
} from '@grafana/scenes';
import { LoadingPlaceholder } from '@grafana/ui';
import { relations } from '../../../query/resourceDetail';
import type { ObjectRef } from '../../../sedna/objectRef';
import { getLinkRange, useLinkRange } from '../../../platform/links/linkRange';
import { buildGraphPanel } from '../../../panels/builders';
import { createInstantRunner } from '../../../data/requests/queryRunners';
import { toRows } from '../../../data/rows';
import { buildRelationGraph, toGraphFrames } from './relationGraph';
import { t } from '../../../platform/i18n';

const ResourceRelations = lazy(async () => ({ default: (await import('./ResourceRelations')).ResourceRelations }));

interface ResourceRelationsState extends SceneObjectState {
  ref: ObjectRef;
  panel: VizPanel;
}

/** Shows the job, dataset, models, pods, and nodes that belong to an object. Sends one query. */
export class ResourceRelationsScene extends SceneObjectBase<ResourceRelationsState> {
  constructor({ ref }: { ref: ObjectRef }) {
    const panel = buildGraphPanel({
      title: t('relations.graph', 'Graph'),
      toGraph: (series: DataFrame[]) => {
        const rows = toRows({ series } as PanelData, 'relations');
        return toGraphFrames(buildRelationGraph(ref, rows, getLinkRange(panel)));
      },
    });
    super({ ref, $data: createInstantRunner({ relations: relations(ref) }), panel });
  }

  static Component = ResourceRelationsRenderer;
}

function ResourceRelationsRenderer({ model }: SceneComponentProps<ResourceRelationsScene>) {
  const { ref, panel } = model.useState();
  const { data } = sceneGraph.getData(model).useState();
  const range = useLinkRange(model);
  return (
    <Suspense fallback={<LoadingPlaceholder text="" />}>
      <ResourceRelations objectRef={ref} data={data} range={range} panel={<panel.Component model={panel} />} />
    </Suspense>
  );
}
