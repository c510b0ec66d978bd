import React, { useMemo } from 'react';
import { css } from '@emotion/css';
import type { PanelData, RawTimeRange } from '@grafana/data';
import { Trans } from '@grafana/i18n';
import type { VizPanel } from '@grafana/scenes';
import { Alert, Button, Stack, Text, useStyles2 } from '@grafana/ui';
import { EmptyState } from '../../../ui/feedback/EmptyState';
import { QueryState } from '../../../ui/feedback/QueryState';
import { useQueryRequest } from '../../../data/requests/useQueryRequest';
import { getDataSourceName } from '../../../panels/page/createPageScene';
import { formatCount } from '../format';
import { filterGroups, toTaskGroups } from './groups';
import { GroupTable } from './GroupTable';
import { GroupTasksTable } from './GroupTasksTable';
import { MAX_GRAPH_NODES } from './taskGraph';
import { TEST_IDS } from '../../../ui/testIds';
import { t } from '../../../platform/i18n';

interface Props extends Pick<RawTimeRange, 'from' | 'to'> {
  data: PanelData | undefined;
  text: string;
  /** Name of the selected group; empty: all groups. */
  selectedGroup: string;
  /** Graph of the selected group or of all groups. */
  panel: VizPanel;
  /** Must be stable. */
  onSelectGroup: (group: string) => void;
}

/** Grafana lays out six groups in a row of the grid. */
const GRID_COLUMNS = 6;
const GRID_ROW_PX = 140;
const GRID_MARGIN_PX = 220;
const CIRCLE_PX = 300;
const CIRCLE_PX_PER_TASK = 15;

/** Shows the graph, unless it is unreadable, and the table of the groups or of the selected group. */
export function RelationsView({ data, text, selectedGroup, panel, from, to, onSelectGroup }: Props) {
  const request = useQueryRequest(data);
  const shown = request.value;
  const styles = useStyles2(getStyles);
  const all = useMemo(() => toTaskGroups(shown), [shown]);
  const timeRange = useMemo(() => ({ from, to }), [from, to]);
  const matching = useMemo(() => filterGroups(all, text), [all, text]);
  // Several clusters may have a group of the same name.
  const selected = useMemo(() => all.filter(({ group }) => group === selectedGroup), [all, selectedGroup]);
  const taskCount = selected.reduce((sum, { tasks }) => sum + tasks.length, 0);
  const showsAll = selectedGroup === '';
  const isReadable = showsAll ? matching.length <= MAX_GRAPH_NODES.groups : taskCount <= MAX_GRAPH_NODES.tasks;
  const height = showsAll
    ? GRID_MARGIN_PX + GRID_ROW_PX * Math.ceil(matching.length / GRID_COLUMNS)
    : CIRCLE_PX + CIRCLE_PX_PER_TASK * taskCount;
  return (
    <div data-testid={TEST_IDS.knowledgeBase.relations}>
      <QueryState
        request={request}
        source={getDataSourceName('prometheus')}
        isEmpty={all.length === 0}
        empty={
          <EmptyState title={t('knowledge-base.groups.none.title', 'No task groups found')}>
            {t(
              'knowledge-base.groups.none.text',
              'There was no training yet, or no exporter has read the database recently'
            )}
          </EmptyState>
        }
      >
        <Stack direction="column" gap={2} width="100%">
          <Text element="p" variant="bodySmall" color="secondary">
            <Trans i18nKey="knowledge-base.groups.about">
              The tasks of a group share a model. The weight is 1 divided by a count that grows with each round: it
              isn&apos;t a learned relation.
            </Trans>
          </Text>
          {!showsAll && (
            <Stack direction="row" gap={1} alignItems="center">
              <Button variant="secondary" size="sm" icon="arrow-left" onClick={() => onSelectGroup('')}>
                {t('knowledge-base.groups.view-all', 'View all groups')}
              </Button>
              <Text element="h2" variant="h5">
                {selectedGroup}
              </Text>
            </Stack>
          )}
          {isReadable ? (
            <div className={styles.panel} style={{ height }} data-testid={TEST_IDS.knowledgeBase.relationGraph}>
              <panel.Component model={panel} />
            </div>
          ) : (
            <Alert severity="info" title={t('knowledge-base.graph.too-large.title', 'Too large for a graph')}>
              {showsAll
                ? t(
                    'knowledge-base.graph.too-large.groups',
                    '{{total}} groups match, but a graph is readable with up to {{limit}}. Search for a task or select a group below.',
                    { total: formatCount(matching.length), limit: MAX_GRAPH_NODES.groups }
                  )
                : t(
                    'knowledge-base.graph.too-large.tasks',
                    'This group has {{total}} tasks, but a graph is readable with up to {{limit}}. The table below has all tasks.',
                    { total: formatCount(taskCount), limit: MAX_GRAPH_NODES.tasks }
                  )}
            </Alert>
          )}
          {showsAll ? (
            <GroupTable groups={matching} onSelectGroup={onSelectGroup} />
          ) : selected.length === 0 ? (
            <Text color="secondary" element="p">
              {t('knowledge-base.groups.unknown', 'No group with this name found')}
            </Text>
          ) : (
            selected.map((group) => <GroupTasksTable key={group.key} group={group} timeRange={timeRange} />)
          )}
        </Stack>
      </QueryState>
    </div>
  );
}

const getStyles = () => ({
  panel: css({ display: 'flex', position: 'relative' }),
});
