import React from 'react';
import { css } from '@emotion/css';
import type { DataFrame, GrafanaTheme2, PanelData } from '@grafana/data';
import { Trans, t } from '@grafana/i18n';
import {
  sceneGraph,
  SceneObjectBase,
  type SceneComponentProps,
  type SceneObjectState,
  type VizPanel,
} from '@grafana/scenes';
import { Stack, Text, useStyles2 } from '@grafana/ui';
import type { LinkRange } from '../../../platform/links/links';
import { AppLink } from '../../../ui/AppLink';
import { BulletList } from '../../../ui/BulletList';
import { QueryState } from '../../../ui/feedback/QueryState';
import { StaleContent, StalenessNotice } from '../../../ui/feedback/Staleness';
import { useLastGoodData } from '../../../data/requests/useLastGoodData';
import { relations } from '../../../query/resourceDetail';
import type { ObjectRef } from '../../../query/resources';
import { getLinkRange, useLinkRange } from '../../../platform/links/linkRange';
import { getStalenessFromSubqueries } from '../../../data/objectStaleness';
import { getDataSourceName } from '../../../panels/page/createPageScene';
import { buildGraphPanel } from '../../../panels/panels';
import { createInstantRunner } from '../../../data/requests/queryRunners';
import { toRows } from '../../../data/rows';
import { graphFrames, relationGraph, type Entity, type EntityType, type Graph } from './graph';

interface RelationsState extends SceneObjectState {
  ref: ObjectRef;
  panel: VizPanel;
}

const graphOf = (ref: ObjectRef, data: Pick<PanelData, 'series'> | undefined, range: LinkRange) =>
  relationGraph(ref, toRows(data as PanelData | undefined, 'relations'), range);

/** Job, dataset, models, pods and nodes around one object, as a graph and as a list: one query. */
export class RelationsScene extends SceneObjectBase<RelationsState> {
  constructor({ ref }: { ref: ObjectRef }) {
    const panel = buildGraphPanel({
      title: t('relations.graph', 'Graph'),
      toGraph: (series: DataFrame[]) => graphFrames(graphOf(ref, { series }, getLinkRange(panel))),
    });
    super({ ref, $data: createInstantRunner({ relations: relations(ref) }), panel });
  }

  static Component = Relations;
}

const typeTitle = (type: EntityType): string => {
  switch (type) {
    case 'model':
      return t('relations.type.model', 'Model files');
    case 'pod':
      return t('relations.type.pod', 'Worker pods');
    case 'node':
      return t('relations.type.node', 'Nodes');
    default:
      return type;
  }
};

function Relations({ model }: SceneComponentProps<RelationsScene>) {
  const { ref, panel } = model.useState();
  const { data } = sceneGraph.getData(model).useState();
  const shown = useLastGoodData(data);
  const styles = useStyles2(getStyles);
  const graph = graphOf(ref, shown, useLinkRange(model));
  const staleness = getStalenessFromSubqueries(shown, 'relations');
  return (
    <QueryState
      data={data}
      shown={shown}
      source={getDataSourceName('prometheus')}
      isEmpty={graph.relations.length === 0}
      empty={
        <Text color="secondary" element="p">
          <Trans i18nKey="relations.none">Nothing is known that it has to do with.</Trans>
        </Text>
      }
    >
      <Stack direction="column" gap={2} width="100%">
        <StalenessNotice staleness={staleness} />
        <div className={styles.panel}>
          <panel.Component model={panel} />
        </div>
        <Text color="secondary" element="p" variant="bodySmall">
          <Trans i18nKey="relations.unfinished">Worker pods that have ended stand on the tab Workers only.</Trans>
        </Text>
        <StaleContent staleness={staleness}>
          <RelationList graph={graph} />
        </StaleContent>
      </Stack>
    </QueryState>
  );
}

/** The same as the graph, for those who do not see it. */
function RelationList({ graph: { entities } }: { graph: Graph }) {
  const others = entities.slice(1);
  const types = [...new Set(others.map(({ type }) => type))];
  return (
    <div data-testid="relation-list">
      {types.map((type) => (
        <section key={type}>
          <Text element="h3" variant="h5">
            {typeTitle(type)}
          </Text>
          <BulletList>
            {others
              .filter((entity) => entity.type === type)
              .map((entity) => (
                <EntityItem key={entity.id} entity={entity} />
              ))}
          </BulletList>
        </section>
      ))}
    </div>
  );
}

function EntityItem({ entity: { name, note, href } }: { entity: Entity }) {
  return (
    <li>
      {href ? (
        <AppLink href={href} inline>
          {name}
        </AppLink>
      ) : (
        name
      )}
      {note !== '' && <Text color="secondary">{` · ${note}`}</Text>}
    </li>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  panel: css({ height: theme.spacing(60), display: 'flex', position: 'relative' }),
});
