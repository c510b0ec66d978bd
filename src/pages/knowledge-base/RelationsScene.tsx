import React, { useMemo } from 'react';
import { css } from '@emotion/css';
import type { PanelData } from '@grafana/data';
import { Trans, t } from '@grafana/i18n';
import {
  SceneDataTransformer,
  sceneGraph,
  SceneObjectBase,
  SceneObjectUrlSyncConfig,
  type SceneComponentProps,
  type SceneObjectState,
  type SceneObjectUrlValues,
  type VizPanel,
} from '@grafana/scenes';
import { Alert, Button, InteractiveTable, Stack, Text, useStyles2, type CellProps, type Column } from '@grafana/ui';
import { buildKnowledgeBaseUrl, type LinkRange } from '../../platform/links/links';
import { AppLink } from '../../ui/AppLink';
import { EmptyState } from '../../ui/feedback/EmptyState';
import { QueryState } from '../../ui/feedback/QueryState';
import { useLastGoodData } from '../../data/requests/useLastGoodData';
import { knowledgeBaseRelations } from '../../query/knowledgeBase';
import { createInstantVectorRunner } from '../../data/requests/instantVectorDataSource';
import { getLinkRange, useLinkRange } from '../../platform/links/linkRange';
import { getDataSourceName } from '../../panels/page/createPageScene';
import { buildGraphPanel } from '../../panels/panels';
import { parseString, formatString } from '../../platform/links/urlParams';
import { ModelFile } from './columns';
import {
  groupMatches,
  groupsOf,
  groupsPicture,
  pictureFrames,
  READABLE,
  tasksPicture,
  type Group,
  type GroupTask,
} from './groups';
import { notRecorded, weightText } from './words';

interface RelationsState extends SceneObjectState {
  text: string;
  /** Name of the group whose tasks are shown; empty: all groups. */
  group: string;
  /** All groups; and the tasks of the chosen one. */
  groupsPanel: VizPanel;
  tasksPanel: VizPanel;
}

/** Pixels that a row of the grid takes, how many groups are in one, and what is left around them. */
const [ROW, COLUMNS, AROUND] = [140, 6, 220];
const PAGE_SIZE = 20;

/** Groups as a picture and as a table, and the tasks of one of them: one query. */
export class RelationsScene extends SceneObjectBase<RelationsState> {
  protected _urlSync = new SceneObjectUrlSyncConfig(this, { keys: ['group'] });

  constructor() {
    const groupsPanel: VizPanel = buildGraphPanel({
      title: t('knowledge-base.graph.groups', 'Groups'),
      layout: 'grid',
      toGraph: (series) => {
        const { text } = this.state;
        const found = groupsOf({ series } as PanelData).filter((group) => groupMatches(group, text));
        return pictureFrames(groupsPicture(found.slice(0, READABLE.groups), { text, span: getLinkRange(groupsPanel) }));
      },
    });
    const tasksPanel: VizPanel = buildGraphPanel({
      title: t('knowledge-base.graph.of-group', 'The group and its tasks'),
      layout: 'force',
      toGraph: (series) => {
        const { text, group } = this.state;
        return pictureFrames(
          tasksPicture(groupsOf({ series } as PanelData), group, { text, span: getLinkRange(tasksPanel) })
        );
      },
    });
    super({
      text: '',
      group: '',
      groupsPanel,
      tasksPanel,
      $data: createInstantVectorRunner({ relations: knowledgeBaseRelations() }),
    });
  }

  getUrlState() {
    return { group: formatString(this.state.group) };
  }

  updateFromUrl(values: SceneObjectUrlValues) {
    if ('group' in values) {
      this.choose(parseString(values.group));
    }
  }

  choose = (group: string) => {
    this.setState({ group });
    this.draw();
  };

  find = (text: string) => {
    this.setState({ text });
    this.draw();
  };

  /** The panels draw anew what was answered. */
  private draw() {
    for (const panel of [this.state.groupsPanel, this.state.tasksPanel]) {
      const { $data } = panel.state;
      if ($data instanceof SceneDataTransformer && $data.isActive) {
        $data.reprocessTransformations();
      }
    }
  }

  static Component = Relations;
}

function Relations({ model }: SceneComponentProps<RelationsScene>) {
  const { text, group: chosen, groupsPanel, tasksPanel } = model.useState();
  const { from, to } = useLinkRange(model);
  const { data } = sceneGraph.getData(model).useState();
  const shown = useLastGoodData(data);
  const styles = useStyles2(getStyles);
  const all = useMemo(() => groupsOf(shown), [shown]);
  const span = useMemo(() => ({ from, to }), [from, to]);
  const found = useMemo(() => all.filter((group) => groupMatches(group, text)), [all, text]);
  const own = useMemo(() => all.filter(({ group }) => group === chosen), [all, chosen]);
  const ownTasks = own.reduce((sum, { tasks }) => sum + tasks.length, 0);
  const isReadable = chosen === '' ? found.length <= READABLE.groups : ownTasks <= READABLE.tasks;
  const panel = chosen === '' ? groupsPanel : tasksPanel;
  const height = chosen === '' ? AROUND + ROW * Math.ceil(found.length / COLUMNS) : 300 + 15 * ownTasks;
  return (
    <div data-testid="task-relations">
      <QueryState
        data={data}
        shown={shown}
        source={getDataSourceName('prometheus')}
        isEmpty={all.length === 0}
        empty={
          <EmptyState title={t('knowledge-base.groups.none.title', 'No group is known')}>
            {t(
              'knowledge-base.groups.none.text',
              'There was no training yet, or nothing has read the database of late.'
            )}
          </EmptyState>
        }
      >
        <Stack direction="column" gap={2} width="100%">
          <Text element="p" variant="bodySmall" color="secondary">
            <Trans i18nKey="knowledge-base.groups.about">
              Tasks of a group share a model. Sedna writes as weight one divided by a count that grows with each round:
              it is no relation that was learned.
            </Trans>
          </Text>
          {chosen !== '' && (
            <Stack direction="row" gap={1} alignItems="center">
              <Button variant="secondary" size="sm" icon="arrow-left" onClick={() => model.choose('')}>
                {t('knowledge-base.groups.all', 'All groups')}
              </Button>
              <Text element="h2" variant="h5">
                {chosen}
              </Text>
            </Stack>
          )}
          {isReadable ? (
            <div className={styles.panel} style={{ height }} data-testid="relation-picture">
              <panel.Component model={panel} />
            </div>
          ) : (
            <Alert severity="info" title={t('knowledge-base.graph.too-many.title', 'Too many for a picture')}>
              {chosen === ''
                ? t(
                    'knowledge-base.graph.too-many.groups',
                    '{{count}} groups match, and a picture of more than {{limit}} cannot be read: type a part of a name, or choose one below.',
                    { count: found.length, limit: READABLE.groups }
                  )
                : t(
                    'knowledge-base.graph.too-many.tasks',
                    'This group has {{count}} tasks, and a picture of more than {{limit}} cannot be read: see below.',
                    { count: ownTasks, limit: READABLE.tasks }
                  )}
            </Alert>
          )}
          {chosen === '' ? (
            <GroupTable groups={found} onChoose={model.choose} />
          ) : own.length === 0 ? (
            <Text color="secondary" element="p">
              {t('knowledge-base.groups.gone', 'There is no group of this name.')}
            </Text>
          ) : (
            own.map((group) => <GroupTasks key={group.key} group={group} range={span} />)
          )}
        </Stack>
      </QueryState>
    </div>
  );
}

function GroupTable({ groups, onChoose }: { groups: readonly Group[]; onChoose: (group: string) => void }) {
  const columns = useMemo(
    (): Array<Column<Group>> => [
      {
        id: 'group',
        header: t('knowledge-base.column.group', 'Group'),
        sortType: 'alphanumeric',
        cell: ({ row: { original } }: CellProps<Group>) => (
          <Button fill="text" size="sm" onClick={() => onChoose(original.group)}>
            {original.group}
          </Button>
        ),
      },
      {
        id: 'tasks',
        header: t('knowledge-base.column.tasks', 'Tasks'),
        cell: ({ row: { original } }: CellProps<Group>) => <>{original.tasks.length}</>,
      },
      {
        id: 'url',
        header: t('knowledge-base.column.model', 'Model file'),
        cell: ({ row: { original } }: CellProps<Group>) =>
          original.url === '' ? <>{notRecorded()}</> : <ModelFile url={original.url} />,
      },
    ],
    [onChoose]
  );
  return <InteractiveTable columns={columns} data={[...groups]} getRowId={({ key }) => key} pageSize={PAGE_SIZE} />;
}

function GroupTasks({ group: { tasks, url }, range }: { group: Group; range: LinkRange }) {
  const rows = useMemo(() => tasks.map((each) => ({ ...each })), [tasks]);
  const columns = useMemo(
    (): Array<Column<GroupTask>> => [
      {
        id: 'task',
        header: t('knowledge-base.column.task', 'Task'),
        sortType: 'alphanumeric',
        cell: ({ row: { original } }: CellProps<GroupTask>) => (
          <AppLink href={buildKnowledgeBaseUrl({ text: original.task, span: range })}>{original.task}</AppLink>
        ),
      },
      {
        id: 'weight',
        header: t('knowledge-base.column.weight', 'Weight'),
        sortType: 'number',
        cell: ({ row: { original } }: CellProps<GroupTask>) => <>{weightText(original.weight)}</>,
      },
    ],
    [range]
  );
  return (
    <>
      <Text element="p">
        {t('knowledge-base.column.model', 'Model file')}: {url === '' ? notRecorded() : <ModelFile url={url} />}
      </Text>
      <InteractiveTable columns={columns} data={rows} getRowId={({ task }) => task} pageSize={PAGE_SIZE} />
    </>
  );
}

const getStyles = () => ({
  panel: css({ display: 'flex', position: 'relative' }),
});
