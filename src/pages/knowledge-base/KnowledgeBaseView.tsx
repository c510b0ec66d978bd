import React from 'react';
import type { PanelData } from '@grafana/data';
import type { SceneObject } from '@grafana/scenes';
import { Field, Icon, Input, Stack, Tab, TabsBar } from '@grafana/ui';
import { KNOWLEDGE_BASE_TABS, type KnowledgeBaseTab } from '../../platform/links/links';
import { EmptyState } from '../../ui/feedback/EmptyState';
import { QueryState } from '../../ui/feedback/QueryState';
import { useQueryRequest } from '../../data/requests/useQueryRequest';
import { getDataSourceName } from '../../panels/page/createPageScene';
import { toKnowledgeBases } from './knowledgeBases';
import { KnowledgeBaseSummary } from './summary/KnowledgeBaseSummary';
import { t } from '../../platform/i18n';

interface Props {
  /** Response of the summary query. */
  data: PanelData | undefined;
  tab: KnowledgeBaseTab;
  tabScene: SceneObject;
  text: string;
  onSelectTab: (tab: KnowledgeBaseTab) => void;
  onSearch: (text: string) => void;
}

const formatTab = (tab: KnowledgeBaseTab): string => {
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

/** Shows the summary of each knowledge base, and below it the selected tab. */
export function KnowledgeBaseView({ data, tab, tabScene, text, onSelectTab, onSearch }: Props) {
  const request = useQueryRequest(data);
  const shown = request.value;
  const knowledgeBases = toKnowledgeBases(shown);
  return (
    <Stack direction="column" gap={2} width="100%">
      <QueryState
        request={request}
        source={getDataSourceName('prometheus')}
        isEmpty={knowledgeBases.length === 0}
        empty={<NoKnowledgeBase />}
      >
        <KnowledgeBaseSummary knowledgeBases={knowledgeBases} />
      </QueryState>
      {shown && knowledgeBases.length > 0 && (
        <>
          <Field label={t('knowledge-base.search', 'Task')} noMargin>
            <Input
              id="knowledge-base-search"
              width={48}
              prefix={<Icon name="search" />}
              value={text}
              placeholder={t('knowledge-base.search-placeholder', 'Name, attributes, or group')}
              onChange={({ currentTarget }) => onSearch(currentTarget.value)}
              onKeyDown={({ key }) => key === 'Escape' && onSearch('')}
            />
          </Field>
          <TabsBar>
            {KNOWLEDGE_BASE_TABS.map((each) => (
              <Tab key={each} label={formatTab(each)} active={each === tab} onChangeTab={() => onSelectTab(each)} />
            ))}
          </TabsBar>
          <tabScene.Component key={tab} model={tabScene} />
        </>
      )}
    </Stack>
  );
}

function NoKnowledgeBase() {
  return (
    <EmptyState title={t('knowledge-base.none.title', 'No knowledge base found')}>
      {t(
        'knowledge-base.none.text',
        'Prometheus has neither a service or pod kb in the namespace sedna nor an exporter that reads the database. Check that the knowledge base is installed and that Prometheus scrapes kube-state-metrics and the exporter.'
      )}
    </EmptyState>
  );
}
