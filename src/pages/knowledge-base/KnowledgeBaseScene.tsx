import React from 'react';
import { t } from '@grafana/i18n';
import {
  sceneGraph,
  SceneObjectBase,
  SceneObjectUrlSyncConfig,
  type SceneComponentProps,
  type SceneObject,
  type SceneObjectState,
  type SceneObjectUrlValues,
} from '@grafana/scenes';
import { Field, Icon, Input, Stack, Tab, TabsBar } from '@grafana/ui';
import { KNOWLEDGE_BASE_TABS, type KnowledgeBaseTab } from '../../platform/links/links';
import { EmptyState } from '../../ui/feedback/EmptyState';
import { QueryState } from '../../ui/feedback/QueryState';
import { useLastGoodData } from '../../data/requests/useLastGoodData';
import { knowledgeBaseSummary } from '../../query/knowledgeBase';
import { getDataSourceName } from '../../panels/page/createPageScene';
import { createInstantRunner } from '../../data/requests/queryRunners';
import { parseEnumList, parseString, formatString } from '../../platform/links/urlParams';
import { DroppedScene } from './DroppedScene';
import { Head } from './Head';
import { knowledgeBases } from './bases';
import { HistoryScene } from './HistoryScene';
import { RelationsScene } from './RelationsScene';
import { TasksScene } from './TasksScene';

interface KnowledgeBaseState extends SceneObjectState {
  tab: KnowledgeBaseTab;
  /** What is typed to find tasks; see `matchesText`. */
  text: string;
  /** All are there, for what they have in the URL; each asks once it is shown. */
  tasks: TasksScene;
  history: HistoryScene;
  dropped: DroppedScene;
  relations: RelationsScene;
}

const [FIRST] = KNOWLEDGE_BASE_TABS;

/** The head asks once and each part for itself when it is shown: three queries at opening. */
export class KnowledgeBaseScene extends SceneObjectBase<KnowledgeBaseState> {
  protected _urlSync = new SceneObjectUrlSyncConfig(this, { keys: ['tab', 'q'] });

  constructor() {
    super({
      tab: FIRST,
      text: '',
      tasks: new TasksScene(),
      history: new HistoryScene(),
      dropped: new DroppedScene(),
      relations: new RelationsScene(),
      $data: createInstantRunner({ knowledgeBase: knowledgeBaseSummary() }),
    });
  }

  getUrlState() {
    const { tab, text } = this.state;
    return { tab: tab === FIRST ? null : tab, q: formatString(text) };
  }

  updateFromUrl(values: SceneObjectUrlValues) {
    if ('tab' in values) {
      this.show(parseEnumList(values.tab, KNOWLEDGE_BASE_TABS)[0] ?? FIRST);
    }
    if ('q' in values) {
      this.type(parseString(values.q));
    }
  }

  show = (tab: KnowledgeBaseTab) => this.setState({ tab });

  type = (text: string) => {
    if (text !== this.state.text) {
      this.setState({ text });
      KNOWLEDGE_BASE_TABS.forEach((tab) => this.state[tab].find(text));
    }
  };

  static Component = KnowledgeBasePage;
}

const tabTitle = (tab: KnowledgeBaseTab): string => {
  switch (tab) {
    case 'history':
      return t('knowledge-base.tab.history', 'History');
    case 'dropped':
      return t('knowledge-base.tab.dropped', 'Dropped tasks');
    case 'relations':
      return t('knowledge-base.tab.relations', 'Relations');
    default:
      return t('knowledge-base.tab.tasks', 'Tasks');
  }
};

function KnowledgeBasePage({ model }: SceneComponentProps<KnowledgeBaseScene>) {
  const { tab, text, ...parts } = model.useState();
  const { data } = sceneGraph.getData(model).useState();
  const shown = useLastGoodData(data);
  const bases = knowledgeBases(shown);
  const part = parts[tab];
  return (
    <Stack direction="column" gap={2} width="100%">
      <QueryState
        data={data}
        shown={shown}
        source={getDataSourceName('prometheus')}
        isEmpty={bases.length === 0}
        empty={<NoKnowledgeBase />}
      >
        <Head bases={bases} />
      </QueryState>
      {shown && bases.length > 0 && (
        <>
          <Field label={t('knowledge-base.find', 'Task')} noMargin>
            <Input
              id="knowledge-base-find"
              width={48}
              prefix={<Icon name="search" />}
              value={text}
              placeholder={t('knowledge-base.find-placeholder', 'Part of its name, attributes or group')}
              onChange={({ currentTarget }) => model.type(currentTarget.value)}
              onKeyDown={({ key }) => key === 'Escape' && model.type('')}
            />
          </Field>
          <TabsBar>
            {KNOWLEDGE_BASE_TABS.map((each) => (
              <Tab key={each} label={tabTitle(each)} active={each === tab} onChangeTab={() => model.show(each)} />
            ))}
          </TabsBar>
          <PartOfPage key={tab} part={part} />
        </>
      )}
    </Stack>
  );
}

function PartOfPage({ part }: { part: SceneObject }) {
  return <part.Component model={part} />;
}

function NoKnowledgeBase() {
  return (
    <EmptyState title={t('knowledge-base.none.title', 'No knowledge base here')}>
      {t(
        'knowledge-base.none.text',
        'Prometheus knows of no service or pod kb in the namespace sedna and of no exporter that reads its database. See whether it is installed, and both kube-state-metrics and the exporter are scraped.'
      )}
    </EmptyState>
  );
}
