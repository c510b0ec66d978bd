import React from 'react';
import {
  sceneGraph,
  SceneObjectBase,
  SceneObjectUrlSyncConfig,
  type SceneComponentProps,
  type SceneObjectState,
  type SceneObjectUrlValues,
} from '@grafana/scenes';
import { KNOWLEDGE_BASE_TABS, type KnowledgeBaseTab } from '../../platform/links/links';
import { knowledgeBaseSummary } from '../../query/knowledgeBase';
import { createInstantRunner } from '../../data/requests/queryRunners';
import { parseEnumList, parseString, formatString } from '../../platform/links/urlParams';
import { DroppedTasksScene } from './dropped/DroppedTasksScene';
import { HistoryScene } from './history/HistoryScene';
import { KnowledgeBaseView } from './KnowledgeBaseView';
import { RelationsScene } from './relations/RelationsScene';
import { TasksScene } from './tasks/TasksScene';

interface KnowledgeBaseState extends SceneObjectState {
  tab: KnowledgeBaseTab;
  /** Search for tasks, which applies to all tabs. */
  text: string;
  /** All tabs exist because their state is in the URL; each sends its queries when it is first shown. */
  tasks: TasksScene;
  history: HistoryScene;
  dropped: DroppedTasksScene;
  relations: RelationsScene;
}

const [FIRST_TAB] = KNOWLEDGE_BASE_TABS;

/** Opens with three queries: one for the summary and two for the tasks. */
export class KnowledgeBaseScene extends SceneObjectBase<KnowledgeBaseState> {
  protected _urlSync = new SceneObjectUrlSyncConfig(this, { keys: ['tab', 'q'] });

  constructor() {
    super({
      tab: FIRST_TAB,
      text: '',
      tasks: new TasksScene(),
      history: new HistoryScene(),
      dropped: new DroppedTasksScene(),
      relations: new RelationsScene(),
      $data: createInstantRunner({ knowledgeBase: knowledgeBaseSummary() }),
    });
  }

  getUrlState() {
    const { tab, text } = this.state;
    return { tab: tab === FIRST_TAB ? null : tab, q: formatString(text) };
  }

  updateFromUrl(values: SceneObjectUrlValues) {
    if ('tab' in values) {
      this.selectTab(parseEnumList(values.tab, KNOWLEDGE_BASE_TABS)[0] ?? FIRST_TAB);
    }
    if ('q' in values) {
      this.search(parseString(values.q));
    }
  }

  selectTab = (tab: KnowledgeBaseTab) => this.setState({ tab });

  search = (text: string) => {
    if (text !== this.state.text) {
      this.setState({ text });
      KNOWLEDGE_BASE_TABS.forEach((tab) => this.state[tab].search(text));
    }
  };

  static Component = KnowledgeBaseRenderer;
}

function KnowledgeBaseRenderer({ model }: SceneComponentProps<KnowledgeBaseScene>) {
  const { tab, text, ...scenes } = model.useState();
  const { data } = sceneGraph.getData(model).useState();
  return (
    <KnowledgeBaseView
      data={data}
      tab={tab}
      tabScene={scenes[tab]}
      text={text}
      onSelectTab={model.selectTab}
      onSearch={model.search}
    />
  );
}
