import React from 'react';
import { Trans } from '@grafana/i18n';
import { Alert, Text } from '@grafana/ui';
import { buildLogsUrl } from '../../../platform/links/links';
import { AppLink } from '../../../ui/links/AppLink';
import { BulletList } from '../../../ui/BulletList';
import { TimeAgoText } from '../../../ui/TimeAgoText';
import { formatNotRecorded } from '../../../ui/format/formatRound';
import { SEDNA_NAMESPACE } from '../../../sedna/kinds';
import type { KnowledgeBase, LostFiles } from '../knowledgeBases';
import { t } from '../../../platform/i18n';

/** Shows errors in logs that come from lost files: the tables of the knowledge base still list a lost file. */
export function LostFilesAlert({ knowledgeBase: { lost, hasLogs, started, pod } }: { knowledgeBase: KnowledgeBase }) {
  if (lost.length === 0) {
    return (
      <Text element="p" color="secondary" variant="bodySmall">
        {hasLogs
          ? t(
              'knowledge-base.lost.none',
              'No signs of lost files in this time range. A lost file goes unnoticed until a worker requests it.'
            )
          : t('knowledge-base.lost.no-logs', 'Lost files: unknown, because this time range has no worker logs')}
      </Text>
    );
  }
  const isSinceStart = lost.some(({ last }) => started === undefined || last === undefined || last > started);
  return (
    <Alert
      severity={isSinceStart ? 'error' : 'info'}
      title={
        isSinceStart
          ? t('knowledge-base.lost.title', 'Knowledge base files may be lost')
          : t('knowledge-base.lost.title-before-start', 'Files may have been lost before the knowledge base restarted')
      }
    >
      <BulletList>
        {lost.map((each) => (
          <li key={each.file}>
            {each.last === undefined ? (
              formatLostFiles(each, formatNotRecorded())
            ) : (
              <TimeAgoText seconds={each.last}>{(ago) => formatLostFiles(each, ago)}</TimeAgoText>
            )}
          </li>
        ))}
      </BulletList>
      <Trans i18nKey="knowledge-base.lost.advice">
        Unless KnowledgeBasePath is on a volume, a restart deletes models, samples, and the index, but the tables still
        list them. Sedna doesn&apos;t record which model is lost. Put KnowledgeBasePath on a volume, then train again to
        write the files.
      </Trans>{' '}
      {pod !== '' && (
        <AppLink inline href={buildLogsUrl({ namespace: SEDNA_NAMESPACE, pods: [pod] })}>
          {t('knowledge-base.lost.log', 'View logs')}
        </AppLink>
      )}
    </Alert>
  );
}

function formatLostFiles({ file, errors }: LostFiles, ago: string): string {
  return file === 'index'
    ? t('knowledge-base.lost.index', 'Index: {{count}} failed status updates (HTTP 500), last {{ago}}', {
        count: errors,
        ago,
        defaultValue_one: 'Index: {{count}} failed status update (HTTP 500), last {{ago}}',
      })
    : t('knowledge-base.lost.model', 'Models: {{count}} failed downloads in workers (KeyError: 34), last {{ago}}', {
        count: errors,
        ago,
        defaultValue_one: 'Models: {{count}} failed download in a worker (KeyError: 34), last {{ago}}',
      });
}
