import React from 'react';
import { Badge } from '@grafana/ui';
import { formatNotRecorded } from '../../../ui/format/formatRound';
import type { KnowledgeBase } from '../knowledgeBases';
import { t } from '../../../platform/i18n';

/** Shows the status of the pod and the database; Sedna has no health check for the server itself. */
export function StatusBadge({ knowledgeBase: { phase, readable } }: { knowledgeBase: KnowledgeBase }) {
  const isRunning = phase === 'Running';
  if (phase !== '' && !isRunning) {
    return (
      <Badge
        color="red"
        icon="exclamation-triangle"
        text={t('knowledge-base.status.down', 'Down: pod is {{phase}}', { phase })}
      />
    );
  }
  if (readable === false) {
    return (
      <Badge
        color={isRunning ? 'orange' : 'red'}
        icon="exclamation-triangle"
        text={t('knowledge-base.status.unreadable', "Database can't be read")}
      />
    );
  }
  if (isRunning) {
    return (
      <Badge
        color="green"
        text={
          readable
            ? t('knowledge-base.status.up', 'Up: pod is running, database is readable')
            : t('knowledge-base.status.running', 'Up: pod is running')
        }
        tooltip={t(
          'knowledge-base.status.help',
          'Based on the pod and the database file, because Sedna has no health check for the knowledge base'
        )}
      />
    );
  }
  return readable ? (
    <Badge color="orange" text={t('knowledge-base.status.no-pod', 'Unknown: database is readable, no pod found')} />
  ) : (
    <>{formatNotRecorded()}</>
  );
}
