import React from 'react';
import { buildResourceUrl } from '../../../../platform/links/links';
import { AppLink } from '../../../../ui/links/AppLink';
import { StalenessNotice } from '../../../../ui/feedback/Staleness';
import type { ResourceRow } from '../rows';

/** Links to an object, with a note if its other cells may be outdated. */
export function NameCell({ row: { kind, namespace, name, staleness } }: { row: ResourceRow }) {
  return (
    <div>
      <AppLink href={buildResourceUrl(kind, namespace, name)}>{name}</AppLink>
      <StalenessNotice staleness={staleness} short />
    </div>
  );
}
