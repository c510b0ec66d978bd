import React from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Trans } from '@grafana/i18n';
import { Badge, Icon, Stack, Text, useStyles2 } from '@grafana/ui';
import { buildResourceUrl } from '../../platform/links/links';
import { AppLink } from '../../ui/links/AppLink';
import { formatAttentionReason } from '../../ui/format/formatAttentionReason';
import { ConditionBadge } from '../../ui/ConditionBadge';
import { RelativeTime } from '../../ui/RelativeTime';
import type { JobRow } from './rows';
import { TEST_IDS } from '../../ui/testIds';
import { t } from '../../platform/i18n';

/** Lists lifelong learning jobs with their condition, and the reason for attention where there is one. */
export function JobList({ jobs }: { jobs: readonly JobRow[] }) {
  const styles = useStyles2(getStyles);
  const troubled = jobs.filter(({ attention }) => attention.level !== 'none').length;
  return (
    <div data-testid={TEST_IDS.overview.jobs}>
      <Stack direction="row" alignItems="center" gap={1} wrap="wrap">
        <Text element="h2" variant="h4">
          <Trans i18nKey="overview.jobs.title">Lifelong learning jobs</Trans>
        </Text>
        {troubled === 0 ? (
          <Badge color="green" icon="check" text={t('overview.jobs.all-well', 'No failing or stuck jobs')} />
        ) : (
          <Badge
            color="red"
            icon="exclamation-triangle"
            text={t('overview.jobs.troubled', '{{troubled}} of {{total}} need attention', {
              troubled,
              total: jobs.length,
              count: troubled,
              defaultValue_one: '{{troubled}} of {{total}} needs attention',
            })}
          />
        )}
      </Stack>
      <Text color="secondary" variant="bodySmall" element="p">
        <Trans i18nKey="overview.jobs.judged-by">Based on metrics. Open a job&apos;s diagnosis to include logs.</Trans>
      </Text>
      <ul className={styles.list}>
        {jobs.map((job) => (
          <li key={`${job.namespace}/${job.name}`} className={styles.item} data-level={job.attention.level}>
            <Icon
              name={job.attention.level === 'none' ? 'check-circle' : 'exclamation-triangle'}
              className={styles[job.attention.level]}
            />
            <div className={styles.name}>
              <AppLink href={buildResourceUrl('LifelongLearningJob', job.namespace, job.name)}>{job.name}</AppLink>
              <Text variant="bodySmall" color="secondary">
                {job.attention.level === 'none' ? job.namespace : `${job.namespace} · ${formatAttentionReason(job)}`}
              </Text>
            </div>
            <ConditionBadge stage={job.stage} condition={job.condition} />
            <span className={styles.age}>
              <RelativeTime seconds={job.since} />
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ listStyle: 'none', margin: theme.spacing(1, 0, 0), padding: 0 }),
  item: css({
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr) auto minmax(92px, auto)',
    alignItems: 'center',
    columnGap: theme.spacing(1.5),
    padding: theme.spacing(1),
    borderBottom: `1px solid ${theme.colors.border.weak}`,
  }),
  name: css({ display: 'flex', flexDirection: 'column', minWidth: 0 }),
  age: css({ color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize, textAlign: 'right' }),
  failing: css({ color: theme.colors.error.text }),
  stuck: css({ color: theme.colors.warning.text }),
  none: css({ color: theme.colors.success.text }),
});
