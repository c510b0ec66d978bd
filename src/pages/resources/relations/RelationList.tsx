import React from 'react';
import { Text } from '@grafana/ui';
import { AppLink } from '../../../ui/links/AppLink';
import { BulletList } from '../../../ui/BulletList';
import type { Entity, EntityType, RelationGraph } from './relationGraph';
import { TEST_IDS } from '../../../ui/testIds';
import { t } from '../../../platform/i18n';

/** Lists the entities of a graph by type, for users who can't see the graph. */
export function RelationList({ graph: { entities } }: { graph: RelationGraph }) {
  // The first entity is the object itself.
  const related = entities.slice(1);
  const types = [...new Set(related.map(({ type }) => type))];
  return (
    <div data-testid={TEST_IDS.resource.relations}>
      {types.map((type) => (
        <section key={type}>
          <Text element="h3" variant="h5">
            {formatType(type)}
          </Text>
          <BulletList>
            {related
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

function formatType(type: EntityType): string {
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
