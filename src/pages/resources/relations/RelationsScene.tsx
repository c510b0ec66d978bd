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
import type { LinkRange } from '../../../app/links';
import { AppLink } from '../../../components/AppLink';
import { Bullets } from '../../../components/Bullets';
import { QueryState } from '../../../components/QueryState';
import { Aged, StalenessNote } from '../../../components/Staleness';
import { useLastAnswer } from '../../../components/useLastAnswer';
import { relations } from '../../../query/resourceDetail';
import type { ObjectRef } from '../../../query/resources';
import { linkRangeOf, useLinkRange } from '../../../scenes/linkRange';
import { stalenessOfParts } from '../../../scenes/objectStaleness';
import { dataSourceName } from '../../../scenes/page';
import { graphPanel } from '../../../scenes/panels';
import { instantRunner } from '../../../scenes/queries';
import { rowsOf } from '../../../scenes/rows';
import { graphFrames, relationGraph, type Entity, type EntityType, type Graph } from './graph';

interface RelationsState extends SceneObjectState {
  ref: ObjectRef;
  panel: VizPanel;
}

const graphOf = (ref: ObjectRef, data: Pick<PanelData, 'series'> | undefined, range: LinkRange) =>
  relationGraph(ref, rowsOf(data as PanelData | undefined, 'relations'), range);

/** Job, dataset, models, pods and nodes around one object, as a graph and as a list: one query. */
export class RelationsScene extends SceneObjectBase<RelationsState> {
  constructor({ ref }: { ref: ObjectRef }) {
    const panel = graphPanel({
      title: t('relations.graph', 'Graph'),
      toGraph: (series: DataFrame[]) => graphFrames(graphOf(ref, { series }, linkRangeOf(panel))),
    });
    super({ ref, $data: instantRunner({ relations: relations(ref) }), panel });
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
  const shown = useLastAnswer(data);
  const styles = useStyles2(getStyles);
  const graph = graphOf(ref, shown, useLinkRange(model));
  const staleness = stalenessOfParts(shown, 'relations');
  return (
    <QueryState
      data={data}
      shown={shown}
      source={dataSourceName('prometheus')}
      isEmpty={graph.relations.length === 0}
      empty={
        <Text color="secondary" element="p">
          <Trans i18nKey="relations.none">Nothing is known that it has to do with.</Trans>
        </Text>
      }
    >
      <Stack direction="column" gap={2} width="100%">
        <StalenessNote staleness={staleness} />
        <div className={styles.panel}>
          <panel.Component model={panel} />
        </div>
        <Text color="secondary" element="p" variant="bodySmall">
          <Trans i18nKey="relations.unfinished">Worker pods that have ended stand on the tab Workers only.</Trans>
        </Text>
        <Aged staleness={staleness}>
          <RelationList graph={graph} />
        </Aged>
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
          <Bullets>
            {others
              .filter((entity) => entity.type === type)
              .map((entity) => (
                <EntityItem key={entity.id} entity={entity} />
              ))}
          </Bullets>
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
