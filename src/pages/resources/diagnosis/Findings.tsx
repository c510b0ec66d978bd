import React from 'react';
import { css } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { Trans } from '@grafana/i18n';
import { Badge, Icon, Stack, Text, useStyles2 } from '@grafana/ui';
import type { AbsoluteTimeRange } from '../../../platform/links/links';
import { AppLink } from '../../../ui/AppLink';
import { RelativeTime } from '../../../ui/RelativeTime';
import { buildEvidenceQuery } from '../../../query/evidence';
import type { ObjectRef } from '../../../query/resources';
import { buildExploreUrl } from '../../../platform/links/exploreLink';
import { getCurrentLogLabels } from '../../../data/logs/detectLogLabels';
import type { Diagnosis, Evidence, Finding } from '../../../sedna/diagnosis';
import { stripAnsi } from '../../../sedna/logs';
import { evidenceTitle, valueText } from './evidenceTexts';
import { findingText } from './texts';
import { t } from '../../../platform/i18n';

interface Context {
  objectRef: ObjectRef;
  span: AbsoluteTimeRange;
}

interface Props extends Context {
  findings: readonly Finding[];
  diagnosis: Diagnosis;
  /** Unix time in seconds. */
  now: number;
}

/** What was found, each with its cause, what to do, and the evidence; or that nothing was. */
export function Findings({ findings, diagnosis, now, ...context }: Props) {
  if (findings.length === 0) {
    return <NothingFound diagnosis={diagnosis} now={now} />;
  }
  return (
    <section data-testid="findings" aria-label={t('diagnosis.findings', 'Findings')}>
      {findings.map((finding) => (
        <FindingCard key={finding.rule} finding={finding} {...context} />
      ))}
    </section>
  );
}

function NothingFound({ diagnosis: { passedRules, skippedRules }, now }: Pick<Props, 'diagnosis' | 'now'>) {
  return (
    <div role="status" data-testid="nothing-found">
      <Text element="h2" variant="h4">
        <Icon name={skippedRules.length === 0 ? 'check-circle' : 'question-circle'} />{' '}
        <Trans i18nKey="diagnosis.nothing.title">Nothing found</Trans>
      </Text>
      <Text element="p" color="secondary">
        {t('diagnosis.nothing.text', '{{clear}} of {{all}} rules looked and found nothing, as of {{time}}.', {
          clear: passedRules.length,
          all: passedRules.length + skippedRules.length,
          time: dateTimeFormat(now * 1000),
          interpolation: { escapeValue: false },
        })}
      </Text>
    </div>
  );
}

function FindingCard({ finding, ...context }: Context & { finding: Finding }) {
  const styles = useStyles2(getStyles);
  const { title, cause, advice } = findingText(finding);
  return (
    <article className={styles.card} data-rule={finding.rule} data-severity={finding.severity}>
      <Stack direction="row" gap={1} alignItems="center" wrap="wrap">
        <Badge
          color={finding.severity === 'error' ? 'red' : 'orange'}
          text={
            finding.severity === 'error'
              ? t('diagnosis.severity.error', 'Stuck or failing')
              : t('diagnosis.severity.warning', 'Look at it')
          }
        />
        <Text element="h2" variant="h4">
          {title}
        </Text>
        {finding.since !== undefined && (
          <Text color="secondary">
            {t('diagnosis.since', 'since')} <RelativeTime seconds={finding.since} />
          </Text>
        )}
      </Stack>
      <dl className={styles.words}>
        <dt>{t('diagnosis.cause', 'Likely cause')}</dt>
        <dd>{cause}</dd>
        <dt>{t('diagnosis.advice', 'What to do')}</dt>
        <dd>{advice}</dd>
        <dt>{t('diagnosis.evidence', 'Evidence')}</dt>
        <dd>
          {finding.evidence.map((evidence, index) => (
            <EvidenceBlock key={`${evidence.query} ${index}`} evidence={evidence} {...context} />
          ))}
        </dd>
      </dl>
    </article>
  );
}

function EvidenceBlock({ evidence, objectRef, span }: Context & { evidence: Evidence }) {
  const styles = useStyles2(getStyles);
  const query = buildEvidenceQuery(evidence, objectRef, getCurrentLogLabels());
  const values = Object.entries(evidence.values).map(([name, value]) => valueText(name, value));
  return (
    <div className={styles.evidence}>
      <Stack direction="row" gap={1} alignItems="center" wrap="wrap">
        <span>
          {evidenceTitle(evidence.query)}: {values.join(' · ')}
        </span>
        {query && (
          <AppLink icon="compass" href={buildExploreUrl(query.source, query.expr, span)} title={query.expr}>
            {t('diagnosis.show-query', 'Show the query')}
          </AppLink>
        )}
      </Stack>
      {evidence.lines && (
        <pre className={styles.lines}>
          {evidence.lines
            .map(({ time, pod, text }) => `${dateTimeFormat(time * 1000)} ${pod} ${stripAnsi(text)}`)
            .join('\n')}
        </pre>
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  card: css({
    padding: theme.spacing(2),
    marginBottom: theme.spacing(2),
    background: theme.colors.background.secondary,
    borderRadius: theme.shape.radius.default,
  }),
  words: css({
    margin: theme.spacing(1, 0, 0),
    dt: { color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular },
    dd: { margin: theme.spacing(0, 0, 1), overflowWrap: 'anywhere' },
  }),
  evidence: css({ marginBottom: theme.spacing(0.5) }),
  lines: css({ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', maxHeight: 240, overflow: 'auto' }),
});
