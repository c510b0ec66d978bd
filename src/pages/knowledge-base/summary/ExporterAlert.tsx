import React from 'react';
import { Trans } from '@grafana/i18n';
import { Alert } from '@grafana/ui';
import { TimeAgoText } from '../../../ui/TimeAgoText';
import type { KnowledgeBase } from '../knowledgeBases';
import { t } from '../../../platform/i18n';

/** Explains what is missing without an exporter that reads the database, and how to get one. */
export function ExporterAlert({ knowledgeBase }: { knowledgeBase: KnowledgeBase }) {
  const { readable, read, hasExporter, staleness, tasks } = knowledgeBase;
  if (readable === false) {
    return (
      <Alert severity="warning" title={t('knowledge-base.unreadable.title', "The exporter can't read the database")}>
        <Trans i18nKey="knowledge-base.unreadable.text">
          Task data is from the last successful read. Check the exporter log, that SEDNA_KNOWLEDGE_BASE is the path of
          the SQLite file, and that the exporter has permission to read it.
        </Trans>
      </Alert>
    );
  }
  if (readable) {
    return null;
  }
  return (
    <Alert severity="warning" title={t('knowledge-base.no-exporter.title', 'No exporter reads the knowledge base')}>
      {read !== undefined && staleness.state !== 'fresh' && (
        <p>
          <TimeAgoText seconds={read}>
            {(ago) =>
              t('knowledge-base.no-exporter.last-read', 'Last read {{ago}}.', {
                ago,
              })
            }
          </TimeAgoText>
        </p>
      )}
      {tasks === undefined && (
        <p>
          {t(
            'knowledge-base.no-exporter.impact',
            'Tasks, attributes, groups, models, and samples are unavailable. Scores and dropped tasks come from logs.'
          )}
        </p>
      )}
      {hasExporter
        ? t(
            'knowledge-base.no-exporter.add-source',
            'An exporter is running without this source. Set SEDNA_KNOWLEDGE_BASE to the SQLite file, or set knowledgeBase.enabled in the Helm chart.'
          )
        : t(
            'knowledge-base.no-exporter.install',
            'Install the exporter on the node of the knowledge base (knowledgeBase.enabled in the Helm chart sedna-ops) and let Prometheus scrape it.'
          )}
    </Alert>
  );
}
