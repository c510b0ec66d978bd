import React, { type ReactNode } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2, PanelData } from '@grafana/data';
import { Trans } from '@grafana/i18n';
import { Stack, Text, useStyles2 } from '@grafana/ui';
import type { LinkRange } from '../../../platform/links/links';
import { QueryState } from '../../../ui/feedback/QueryState';
import { StaleContent, StalenessNotice } from '../../../ui/feedback/Staleness';
import type { ObjectRef } from '../../../sedna/objectRef';
import { useQueryRequest } from '../../../data/requests/useQueryRequest';
import { getStalenessFromSubqueries } from '../../../data/objectStaleness';
import { getDataSourceName } from '../../../panels/page/createPageScene';
import { toRows } from '../../../data/rows';
import { buildRelationGraph } from './relationGraph';
import { RelationList } from './RelationList';

interface Props {
  objectRef: ObjectRef;
  data: PanelData | undefined;
  /** Time range of links. */
  range: LinkRange;
  panel: ReactNode;
}

/** Shows the relations of an object as a graph and as a list. */
export function ResourceRelations({ objectRef, data, range, panel }: Props) {
  const request = useQueryRequest(data);
  const shown = request.value;
  const styles = useStyles2(getStyles);
  const graph = buildRelationGraph(objectRef, toRows(shown, 'relations'), range);
  const staleness = getStalenessFromSubqueries(shown, 'relations');
  return (
    <QueryState
      request={request}
      source={getDataSourceName('prometheus')}
      isEmpty={graph.relations.length === 0}
      empty={
        <Text color="secondary" element="p">
          <Trans i18nKey="relations.none">No related resources</Trans>
        </Text>
      }
    >
      <Stack direction="column" gap={2} width="100%">
        <StalenessNotice staleness={staleness} />
        <div className={styles.panel}>{panel}</div>
        <Text color="secondary" element="p" variant="bodySmall">
          <Trans i18nKey="relations.unfinished">Finished worker pods are only on the Workers tab</Trans>
        </Text>
        <StaleContent staleness={staleness}>
          <RelationList graph={graph} />
        </StaleContent>
      </Stack>
    </QueryState>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  panel: css({ height: theme.spacing(60), display: 'flex', position: 'relative' }),
});
