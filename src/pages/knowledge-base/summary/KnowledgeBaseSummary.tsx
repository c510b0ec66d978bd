import React from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Text, useStyles2 } from '@grafana/ui';
import { buildLogsUrl } from '../../../platform/links/links';
import { AppLink } from '../../../ui/links/AppLink';
import { DescriptionItem } from '../../../ui/DescriptionItem';
import { RelativeTime } from '../../../ui/RelativeTime';
import { StaleContent, StalenessNotice } from '../../../ui/feedback/Staleness';
import { formatNotRecorded } from '../../../ui/format/formatRound';
import { SEDNA_NAMESPACE } from '../../../sedna/kinds';
import { formatCount } from '../format';
import type { KnowledgeBase } from '../knowledgeBases';
import { ExporterAlert } from './ExporterAlert';
import { LostFilesAlert } from './LostFilesAlert';
import { StatusBadge } from './StatusBadge';
import { TEST_IDS } from '../../../ui/testIds';
import { t } from '../../../platform/i18n';

/** Shows where each knowledge base runs, whether it works, and whether it lost files. */
export function KnowledgeBaseSummary({ knowledgeBases }: { knowledgeBases: readonly KnowledgeBase[] }) {
  return (
    <div data-testid={TEST_IDS.knowledgeBase.summary}>
      {knowledgeBases.map((each) => (
        <Summary key={each.cluster} knowledgeBase={each} hasTitle={knowledgeBases.length > 1} />
      ))}
    </div>
  );
}

function Summary({ knowledgeBase, hasTitle }: { knowledgeBase: KnowledgeBase; hasTitle: boolean }) {
  const { cluster, ip, pod, node, nodeType, started, tasks, groups, read, staleness } = knowledgeBase;
  const styles = useStyles2(getStyles);
  return (
    <section>
      {hasTitle && (
        <Text element="h2" variant="h4">
          {cluster || t('knowledge-base.summary.no-cluster', 'No cluster label')}
        </Text>
      )}
      <StalenessNotice staleness={staleness} />
      <dl className={styles.items}>
        <DescriptionItem name={t('knowledge-base.summary.status', 'Status')}>
          <StatusBadge knowledgeBase={knowledgeBase} />
        </DescriptionItem>
        <DescriptionItem name={t('knowledge-base.summary.node', 'Node')}>{node || formatNotRecorded()}</DescriptionItem>
        <DescriptionItem name={t('knowledge-base.summary.node-type', 'Node type')}>
          {nodeType || formatNotRecorded()}
        </DescriptionItem>
        <DescriptionItem name={t('knowledge-base.summary.ip', 'Service IP')}>
          {ip || formatNotRecorded()}
        </DescriptionItem>
        <DescriptionItem name={t('knowledge-base.summary.pod', 'Pod')}>
          {pod ? (
            <AppLink href={buildLogsUrl({ namespace: SEDNA_NAMESPACE, pods: [pod] })}>{pod}</AppLink>
          ) : (
            formatNotRecorded()
          )}
        </DescriptionItem>
        <DescriptionItem name={t('knowledge-base.summary.started', 'Started')}>
          <RelativeTime seconds={started} />
        </DescriptionItem>
        <DescriptionItem name={t('knowledge-base.summary.read', 'Last database read')}>
          <RelativeTime seconds={read} />
        </DescriptionItem>
        <DescriptionItem name={t('knowledge-base.summary.tasks', 'Known tasks')}>
          <StaleContent staleness={staleness}>{formatCount(tasks)}</StaleContent>
        </DescriptionItem>
        <DescriptionItem name={t('knowledge-base.summary.groups', 'Task groups')}>
          <StaleContent staleness={staleness}>{formatCount(groups)}</StaleContent>
        </DescriptionItem>
      </dl>
      <ExporterAlert knowledgeBase={knowledgeBase} />
      <LostFilesAlert knowledgeBase={knowledgeBase} />
    </section>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  items: css({
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1, 4),
    margin: theme.spacing(0, 0, 2),
    dd: { margin: 0, overflowWrap: 'anywhere' },
  }),
});
