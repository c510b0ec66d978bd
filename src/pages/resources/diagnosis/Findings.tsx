import React from 'react';
import { css } from '@emotion/css';
import { dateTimeFormatTimeAgo, type GrafanaTheme2 } from '@grafana/data';
import { Trans } from '@grafana/i18n';
import { Badge, type BadgeColor, ClipboardButton, Icon, Stack, Text, useStyles2 } from '@grafana/ui';
import { formatTime } from '../../../ui/format/formatTime';
import type { AbsoluteTimeRange } from '../../../platform/links/links';
import { canExplore } from '../../../platform/permissions';
import { AppLink } from '../../../ui/links/AppLink';
import { buildEvidenceQuery } from '../../../query/evidence';
import type { ObjectRef } from '../../../sedna/objectRef';
import { buildExploreUrl } from '../../../platform/links/exploreLink';
import { getCurrentLogLabels } from '../../../data/logs/detectLogLabels';
import type { Diagnosis, Evidence, Finding, LogFact, Severity } from '../../../sedna/diagnosis';
import { stripAnsi } from '../../../sedna/logs';
import { formatEvidenceTitle, formatEvidenceValues } from './formatEvidence';
import { formatFinding } from './formatFinding';
import { TEST_IDS } from '../../../ui/testIds';
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

/** Findings with their cause, advice, and evidence, or a message that there are none. */
export function Findings({ findings, diagnosis, now, ...context }: Props) {
  if (findings.length === 0) {
    return <NoFindings diagnosis={diagnosis} now={now} />;
  }
  return (
    <section data-testid={TEST_IDS.resource.findings} aria-label={t('diagnosis.findings', 'Findings')}>
      {findings.map((finding) => (
        <FindingCard key={finding.rule} finding={finding} {...context} />
      ))}
    </section>
  );
}

function NoFindings({ diagnosis: { passedRules, skippedRules }, now }: Pick<Props, 'diagnosis' | 'now'>) {
  return (
    <div role="status" data-testid={TEST_IDS.resource.noFindings}>
      <Text element="h2" variant="h4">
        <Icon name={skippedRules.length === 0 ? 'check-circle' : 'question-circle'} />{' '}
        <Trans i18nKey="diagnosis.nothing.title">No problems found</Trans>
      </Text>
      <Text element="p" color="secondary">
        {t('diagnosis.nothing.text', '{{passed}} of {{all}} checks passed at {{time}}', {
          passed: passedRules.length,
          all: passedRules.length + skippedRules.length,
          time: formatTime(now * 1000),
        })}
      </Text>
    </div>
  );
}

const SEVERITY_COLORS: Readonly<Record<Severity, BadgeColor>> = { error: 'red', warning: 'orange', info: 'blue' };

const formatSeverity = (severity: Severity): string =>
  ({
    error: t('diagnosis.severity.error', 'Error'),
    warning: t('diagnosis.severity.warning', 'Warning'),
    info: t('diagnosis.severity.info', 'Info'),
  })[severity];

function FindingCard({ finding, ...context }: Context & { finding: Finding }) {
  const styles = useStyles2(getStyles);
  const { title, cause, advice } = formatFinding(finding);
  return (
    <article className={styles.card} data-rule={finding.rule} data-severity={finding.severity}>
      <Stack direction="row" gap={1} alignItems="center" wrap="wrap">
        <Badge color={SEVERITY_COLORS[finding.severity]} text={formatSeverity(finding.severity)} />
        <Text element="h2" variant="h4">
          {title}
        </Text>
        {finding.since !== undefined && (
          <span className={styles.since} title={formatTime(finding.since * 1000)}>
            {t('diagnosis.since', 'Started {{ago}}', { ago: dateTimeFormatTimeAgo(finding.since * 1000) })}
          </span>
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

interface RepeatedLine {
  line: LogFact;
  text: string;
  count: number;
}

/** Lines of one pod with the same text once, at the newest time. */
function groupLines(lines: readonly LogFact[]): RepeatedLine[] {
  const groups = new Map<string, RepeatedLine>();
  for (const line of lines) {
    const text = stripAnsi(line.text);
    const key = `${line.pod}\n${text}`;
    groups.set(key, { line, text, count: (groups.get(key)?.count ?? 0) + 1 });
  }
  return [...groups.values()];
}

const formatLines = ({ line: { time, pod }, text, count }: RepeatedLine) =>
  `${formatTime(time * 1000)} ${pod} ${count > 1 ? `(×${count}) ` : ''}${text}`;

function EvidenceBlock({ evidence, objectRef, span }: Context & { evidence: Evidence }) {
  const styles = useStyles2(getStyles);
  const query = buildEvidenceQuery(evidence, objectRef, getCurrentLogLabels());
  const values = formatEvidenceValues(evidence);
  return (
    <div className={styles.evidence}>
      <Stack direction="row" gap={1} alignItems="center" wrap="wrap">
        <span>
          {formatEvidenceTitle(evidence.query)}: {values.join(' · ')}
        </span>
        {query && !canExplore() && (
          <ClipboardButton size="sm" variant="secondary" fill="text" icon="copy" getText={() => query.expr}>
            {t('diagnosis.copy-query', 'Copy query')}
          </ClipboardButton>
        )}
        {query && canExplore() && (
          <AppLink icon="compass" href={buildExploreUrl(query.source, query.expr, span)} title={query.expr}>
            {t('diagnosis.show-query', 'Show query')}
          </AppLink>
        )}
      </Stack>
      {evidence.lines && <pre className={styles.lines}>{groupLines(evidence.lines).map(formatLines).join('\n')}</pre>}
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
  since: css({ color: theme.colors.text.secondary }),
  words: css({
    margin: theme.spacing(1, 0, 0),
    dt: { color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular },
    dd: { margin: theme.spacing(0, 0, 1), overflowWrap: 'anywhere' },
  }),
  evidence: css({ marginBottom: theme.spacing(0.5) }),
  lines: css({ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', maxHeight: 240, overflow: 'auto' }),
});
