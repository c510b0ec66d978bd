import React, { type ReactNode } from 'react';
import { Badge, type BadgeColor, type CellProps, type Column } from '@grafana/ui';
import type { LinkRange } from '../../../platform/links/links';
import { RelativeTime } from '../../../ui/RelativeTime';
import { StaleContent } from '../../../ui/feedback/Staleness';
import { formatNotRecorded } from '../../../ui/format/formatRound';
import type { ModelState } from '../../../sedna/learning/modelState';
import { formatCount } from '../format';
import type { KnowledgeBase } from '../knowledgeBases';
import { ModelFile } from '../ModelFile';
import { EvaluationsCell } from './EvaluationsCell';
import { formatModelState, formatModelStateHelp } from './format';
import type { TaskRow } from './rows';
import { t } from '../../../platform/i18n';

const STATE_COLORS: Record<ModelState, BadgeColor> = {
  lost: 'red',
  atRisk: 'orange',
  live: 'green',
  passed: 'blue',
  superseded: 'purple',
  dropped: 'orange',
  unevaluated: 'darkgrey',
};

/** Creates the columns of the task table, which dim the tasks of a knowledge base with stale data. */
export function createTaskColumns(
  knowledgeBases: readonly KnowledgeBase[],
  timeRange: LinkRange
): Array<Column<TaskRow>> {
  const getStaleness = ({ cluster }: TaskRow) =>
    knowledgeBases.find((each) => each.cluster === cluster)?.staleness ?? { state: 'fresh' as const };
  const createColumn = (
    id: string,
    header: string,
    renderCell: (row: TaskRow) => ReactNode,
    sortType?: 'number' | 'alphanumeric'
  ): Column<TaskRow> => ({
    id,
    header,
    ...(sortType && { sortType }),
    cell: ({ row: { original } }: CellProps<TaskRow>) => (
      <StaleContent staleness={getStaleness(original)}>{renderCell(original)}</StaleContent>
    ),
  });
  const hasClusters = new Set(knowledgeBases.map(({ cluster }) => cluster)).size > 1;
  return [
    createColumn('task', t('knowledge-base.column.task', 'Task'), ({ task }) => task, 'alphanumeric'),
    ...(hasClusters
      ? [createColumn('cluster', t('knowledge-base.column.cluster', 'Cluster'), ({ cluster }) => cluster)]
      : []),
    createColumn('attributes', t('knowledge-base.column.attributes', 'Attributes'), ({ attributes }) =>
      attributes === '' ? formatNotRecorded() : attributes
    ),
    createColumn(
      'group',
      t('knowledge-base.column.group', 'Group'),
      ({ groups }) => (groups.length === 0 ? formatNotRecorded() : groups.join(', ')),
      'alphanumeric'
    ),
    createColumn('model', t('knowledge-base.column.model', 'Model file'), ({ urls }) =>
      urls.length === 0
        ? formatNotRecorded()
        : urls.map((url) => (
            <div key={url}>
              <ModelFile url={url} />
            </div>
          ))
    ),
    createColumn(
      'state',
      t('knowledge-base.column.state', 'State'),
      ({ state }) => (
        <Badge color={STATE_COLORS[state]} text={formatModelState(state)} tooltip={formatModelStateHelp(state)} />
      ),
      'alphanumeric'
    ),
    createColumn(
      'samples',
      t('knowledge-base.column.samples', 'Samples'),
      ({ samples }) => formatCount(samples),
      'number'
    ),
    createColumn(
      'lastRound',
      t('knowledge-base.column.last-round', 'Samples in last round'),
      ({ lastRound }) => formatCount(lastRound),
      'number'
    ),
    createColumn(
      'trained',
      t('knowledge-base.column.trained', 'Last trained'),
      ({ trained }) => <RelativeTime seconds={trained} />,
      'number'
    ),
    createColumn('evaluations', t('knowledge-base.column.evaluations', 'Evaluations'), ({ evaluations }) => (
      <EvaluationsCell evaluations={evaluations} timeRange={timeRange} />
    )),
  ];
}
