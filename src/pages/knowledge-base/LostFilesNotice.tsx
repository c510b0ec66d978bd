import React from 'react';
import { Trans, t } from '@grafana/i18n';
import { Alert, Text } from '@grafana/ui';
import { buildLogsUrl } from '../../platform/links/links';
import { AppLink } from '../../ui/AppLink';
import { BulletList } from '../../ui/BulletList';
import { RelativeTime } from '../../ui/RelativeTime';
import { SEDNA_NAMESPACE } from '../../sedna/kinds';
import type { KnowledgeBase, LostFiles } from './bases';

/** Whether files are gone, as far as signs tell: the tables of the knowledge base keep naming what is lost. */
export function LostFilesNotice({ base: { lost, hasLogs, started, pod } }: { base: KnowledgeBase }) {
  if (lost.length === 0) {
    return (
      <Text element="p" color="secondary" variant="bodySmall">
        {hasLogs
          ? t(
              'knowledge-base.lost.no-sign',
              'No sign of a lost file in this time range. A lost file shows only once a worker asks for it.'
            )
          : t(
              'knowledge-base.lost.no-logs',
              'Whether it lost files is not known: no log of a worker came in within this time range.'
            )}
      </Text>
    );
  }
  const since = lost.filter(({ last }) => started === undefined || last === undefined || last > started);
  return (
    <Alert
      severity={since.length > 0 ? 'error' : 'info'}
      title={
        since.length > 0
          ? t('knowledge-base.lost.title', 'The knowledge base shows signs of lost files')
          : t(
              'knowledge-base.lost.title-former',
              'An earlier container of the knowledge base showed signs of lost files'
            )
      }
    >
      <BulletList>
        {lost.map((each) => (
          <li key={each.file}>
            <Sign sign={each} />
          </li>
        ))}
      </BulletList>
      <Trans i18nKey="knowledge-base.lost.why">
        Unless KnowledgeBasePath is on a volume, a restart loses models, samples and index, and the tables go on naming
        them. Which model it was is not recorded. Set that path, then train again: this writes the files anew.
      </Trans>{' '}
      {pod !== '' && (
        <AppLink inline href={buildLogsUrl({ namespace: SEDNA_NAMESPACE, pods: [pod] })}>
          {t('knowledge-base.lost.log', 'Its log')}
        </AppLink>
      )}
    </Alert>
  );
}

function Sign({ sign: { file, signs, last } }: { sign: LostFiles }) {
  return (
    <>
      {file === 'index'
        ? t(
            'knowledge-base.lost.index',
            'The index: it answered 500 to a status update, signs in this time range: {{count}}, the newest',
            { count: signs }
          )
        : t(
            'knowledge-base.lost.model',
            'A model: a worker got the name of a file in place of its content (KeyError: 34), signs in this time range: {{count}}, the newest',
            { count: signs }
          )}{' '}
      <RelativeTime seconds={last} />
    </>
  );
}
