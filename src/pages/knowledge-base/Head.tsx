import React from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Trans, t } from '@grafana/i18n';
import { Alert, Badge, Text, useStyles2 } from '@grafana/ui';
import { buildLogsUrl } from '../../platform/links/links';
import { AppLink } from '../../ui/AppLink';
import { DescriptionItem } from '../../ui/DescriptionItem';
import { RelativeTime } from '../../ui/RelativeTime';
import { StaleContent, StalenessNotice } from '../../ui/feedback/Staleness';
import { SEDNA_NAMESPACE } from '../../sedna/kinds';
import type { KnowledgeBase } from './bases';
import { LostFilesNotice } from './LostFilesNotice';
import { count, notRecorded } from './words';

/** Where each knowledge base runs, whether it answers, and whether it lost files. */
export function Head({ bases }: { bases: readonly KnowledgeBase[] }) {
  return (
    <div data-testid="knowledge-base-head">
      {bases.map((base) => (
        <One key={base.cluster} base={base} named={bases.length > 1} />
      ))}
    </div>
  );
}

function One({ base, named }: { base: KnowledgeBase; named: boolean }) {
  const { cluster, ip, pod, node, nodeType, started, tasks, groups, read, staleness } = base;
  const styles = useStyles2(getStyles);
  return (
    <section>
      {named && (
        <Text element="h2" variant="h4">
          {cluster || t('knowledge-base.head.no-cluster', 'without a cluster label')}
        </Text>
      )}
      <StalenessNotice staleness={staleness} />
      <dl className={styles.facts}>
        <DescriptionItem name={t('knowledge-base.head.answers', 'Answers')}>
          <Answers base={base} />
        </DescriptionItem>
        <DescriptionItem name={t('knowledge-base.head.node', 'Node')}>{node || notRecorded()}</DescriptionItem>
        <DescriptionItem name={t('knowledge-base.head.node-type', 'Cloud or edge')}>
          {nodeType || notRecorded()}
        </DescriptionItem>
        <DescriptionItem name={t('knowledge-base.head.ip', 'IP of its service')}>{ip || notRecorded()}</DescriptionItem>
        <DescriptionItem name={t('knowledge-base.head.pod', 'Pod')}>
          {pod ? (
            <AppLink href={buildLogsUrl({ namespace: SEDNA_NAMESPACE, pods: [pod] })}>{pod}</AppLink>
          ) : (
            notRecorded()
          )}
        </DescriptionItem>
        <DescriptionItem name={t('knowledge-base.head.started', 'Runs since')}>
          <RelativeTime seconds={started} />
        </DescriptionItem>
        <DescriptionItem name={t('knowledge-base.head.read', 'Database last read')}>
          <RelativeTime seconds={read} />
        </DescriptionItem>
        <DescriptionItem name={t('knowledge-base.head.tasks', 'Known tasks')}>
          <StaleContent staleness={staleness}>{count(tasks)}</StaleContent>
        </DescriptionItem>
        <DescriptionItem name={t('knowledge-base.head.groups', 'Groups')}>
          <StaleContent staleness={staleness}>{count(groups)}</StaleContent>
        </DescriptionItem>
      </dl>
      <ExporterNotice base={base} />
      <LostFilesNotice base={base} />
    </section>
  );
}

/** Its pod and its database speak for it: nothing asks the server itself. */
function Answers({ base: { phase, readable } }: { base: KnowledgeBase }) {
  const runs = phase === 'Running';
  if (phase !== '' && !runs) {
    return (
      <Badge
        color="red"
        icon="exclamation-triangle"
        text={t('knowledge-base.answers.pod', 'no: its pod is {{phase}}', { phase })}
      />
    );
  }
  if (readable === false) {
    return (
      <Badge
        color={runs ? 'orange' : 'red'}
        icon="exclamation-triangle"
        text={t('knowledge-base.answers.unreadable', 'its database cannot be read')}
      />
    );
  }
  if (runs) {
    return (
      <Badge
        color="green"
        text={
          readable
            ? t('knowledge-base.answers.yes', 'pod runs, database is readable')
            : t('knowledge-base.answers.runs', 'pod runs')
        }
        tooltip={t(
          'knowledge-base.answers.how',
          'Sedna gives it no health check: this goes by its pod and its database file.'
        )}
      />
    );
  }
  return readable ? (
    <Badge color="orange" text={t('knowledge-base.answers.file-only', 'database is readable, no pod is known')} />
  ) : (
    <>{notRecorded()}</>
  );
}

/** What is missing where the exporter does not tell, what that hides, and how to get it. */
function ExporterNotice({ base: { readable, read, hasExporter, staleness, tasks } }: { base: KnowledgeBase }) {
  if (readable === false) {
    return (
      <Alert severity="warning" title={t('knowledge-base.unreadable.title', 'The exporter cannot read the database')}>
        <Trans i18nKey="knowledge-base.unreadable.text">
          What is shown of tasks is what it read last. Its log says why: see whether SEDNA_KNOWLEDGE_BASE names the
          SQLite file and it may be read.
        </Trans>
      </Alert>
    );
  }
  if (readable) {
    return null;
  }
  const how = hasExporter
    ? t(
        'knowledge-base.exporter.how-source',
        'An exporter runs without it: set SEDNA_KNOWLEDGE_BASE to its SQLite file, or knowledgeBase.enabled in the Helm chart.'
      )
    : t(
        'knowledge-base.exporter.how',
        'Install the exporter on its node (knowledgeBase.enabled in the Helm chart sedna-ops) and let Prometheus scrape it.'
      );
  return (
    <Alert severity="warning" title={t('knowledge-base.exporter.title', 'No exporter reads the knowledge base')}>
      {read !== undefined && staleness.state !== 'fresh' && (
        <>
          {t('knowledge-base.exporter.last', 'One last did so')} <RelativeTime seconds={read} />.{' '}
        </>
      )}
      {tasks === undefined &&
        t(
          'knowledge-base.exporter.hides',
          'Without it nothing is known of tasks, attributes, groups, models and samples. Scores and dropped tasks come from logs.'
        )}{' '}
      {how}
    </Alert>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  facts: css({
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1, 4),
    margin: theme.spacing(0, 0, 2),
    dd: { margin: 0, overflowWrap: 'anywhere' },
  }),
});
