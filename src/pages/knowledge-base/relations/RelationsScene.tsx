import React from 'react';
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
import { knowledgeBaseRelations } from '../../../query/knowledgeBase';
import { createInstantVectorRunner } from '../../../data/requests/instantVectorDataSource';
import { getLinkRange, useLinkRange } from '../../../platform/links/linkRange';
import { buildGraphPanel } from '../../../panels/builders';
import { parseString, formatString } from '../../../platform/links/urlParams';
import { filterGroups, toTaskGroups } from './groups';
import { RelationsView } from './RelationsView';
import { buildGroupsGraph, buildTasksGraph, MAX_GRAPH_NODES, toGraphFrames } from './taskGraph';
import { t } from '../../../platform/i18n';

interface RelationsState extends SceneObjectState {
  /** Search, which the page keeps in the URL. */
  text: string;
  /** Name of the selected group; empty: all groups. */
  group: string;
  /** Graph of all groups. */
  groupsPanel: VizPanel;
  /** Graph of the selected group. */
  tasksPanel: VizPanel;
}

/** Shows task groups as a graph and as a table, both from one query. */
export class RelationsScene extends SceneObjectBase<RelationsState> {
  protected _urlSync = new SceneObjectUrlSyncConfig(this, { keys: ['group'] });

  constructor() {
    const groupsPanel: VizPanel = buildGraphPanel({
      title: t('knowledge-base.graph.groups', 'Task groups'),
      layout: 'grid',
      toGraph: (series) => {
        const { text } = this.state;
        const groups = filterGroups(toTaskGroups({ series }), text).slice(0, MAX_GRAPH_NODES.groups);
        return toGraphFrames(buildGroupsGraph(groups, { text, timeRange: getLinkRange(groupsPanel) }));
      },
    });
    const tasksPanel: VizPanel = buildGraphPanel({
      title: t('knowledge-base.graph.tasks', 'Tasks of the group'),
      layout: 'force',
      toGraph: (series) => {
        const { text, group } = this.state;
        return toGraphFrames(
          buildTasksGraph(toTaskGroups({ series }), group, { text, timeRange: getLinkRange(tasksPanel) })
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
      this.selectGroup(parseString(values.group));
    }
  }

  selectGroup = (group: string) => {
    this.setState({ group });
    this.updateGraphs();
  };

  search = (text: string) => {
    this.setState({ text });
    this.updateGraphs();
  };

  /** Builds the graphs again, without a new query. */
  private updateGraphs() {
    for (const panel of [this.state.groupsPanel, this.state.tasksPanel]) {
      const { $data } = panel.state;
      if ($data instanceof SceneDataTransformer && $data.isActive) {
        $data.reprocessTransformations();
      }
    }
  }

  static Component = RelationsRenderer;
}

function RelationsRenderer({ model }: SceneComponentProps<RelationsScene>) {
  const { text, group, groupsPanel, tasksPanel } = model.useState();
  const { data } = sceneGraph.getData(model).useState();
  const { from, to } = useLinkRange(model);
  return (
    <RelationsView
      data={data}
      text={text}
      selectedGroup={group}
      panel={group === '' ? groupsPanel : tasksPanel}
      from={from}
      to={to}
      onSelectGroup={model.selectGroup}
    />
  );
}
