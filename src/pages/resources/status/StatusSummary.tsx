import React, { type ReactNode } from 'react';
import { css } from '@emotion/css';
import {
  formattedValueToString,
  getValueFormat,
  type DataQueryError,
  type GrafanaTheme2,
  type PanelData,
} from '@grafana/data';
import { Text, useStyles2 } from '@grafana/ui';
import { buildResourceUrl, type LinkRange } from '../../../platform/links/links';
import { AppLink } from '../../../ui/links/AppLink';
import { ConditionBadge } from '../../../ui/ConditionBadge';
import { describeQueryError } from '../../../data/errors/describeQueryError';
import { DescriptionItem } from '../../../ui/DescriptionItem';
import { RelativeTime } from '../../../ui/RelativeTime';
import { StageDiagram } from '../../../ui/StageDiagram';
import { StaleContent, StalenessNotice } from '../../../ui/feedback/Staleness';
import { maskText } from '../../../sedna/masking/maskText';
import { SUBQUERY_LABEL } from '../../../query/resourceDetail';
import type { ObjectRef } from '../../../sedna/objectRef';
import { getDataSourceName } from '../../../panels/page/createPageScene';
import { toRows } from '../../../data/rows';
import { findMetric } from '../../../sedna/catalog';
import { getFamilyPrefix } from '../../../sedna/catalog/resourceMetrics';
import { findKind } from '../../../sedna/kinds';
import type { Staleness } from '../../../sedna/staleness';
import { TEST_IDS } from '../../../ui/testIds';
import { t } from '../../../platform/i18n';

interface Props {
  objectRef: ObjectRef;
  data: PanelData | undefined;
  /** Errors of the queries that the summary can do without, by refId. */
  errors: Readonly<Record<string, DataQueryError>>;
  /** Time range of links; undefined for links without one. */
  range?: LinkRange;
  staleness: Staleness;
}

const NOT_SPEC_LABELS =
  /^(__name__|Time|cluster|kind|namespace|name|instance|job|prometheus|endpoint|service|pod|container)$/;

/** Returns the title of a label of an info series, and the kind if its value names an object. */
const getSpecField = (label: string): { title: string; kind?: string } => {
  switch (label) {
    case 'dataset':
      return { title: t('resource.dataset', 'Dataset'), kind: 'Dataset' };
    case 'node':
      return { title: t('resource.node', 'Node') };
    case 'format':
      return { title: t('resource.format', 'Format') };
    case 'url':
      return { title: t('resource.url', 'URL') };
    case 'output_dir':
      return { title: t('resource.output', 'Output') };
    default:
      return {
        title: `${label[0].toUpperCase()}${label.slice(1).replaceAll('_', ' ')}`,
        kind: /(^|_)model$/.test(label) ? 'Model' : undefined,
      };
  }
};

const formatNumberTitle = (part: string): string => {
  switch (part) {
    case 'round':
      return t('resource.round', 'Round');
    case 'samples':
      return t('resource.samples-label', 'Samples');
    case 'phase':
      return t('resource.phase', 'Phase');
    case 'active_workers':
      return t('resource.active-workers', 'Active workers');
    case 'succeeded_workers':
      return t('resource.succeeded-workers', 'Succeeded workers');
    case 'failed_workers':
      return t('resource.failed-workers', 'Failed workers');
    case 'start_timestamp_seconds':
      return t('resource.started', 'Started');
    case 'completion_timestamp_seconds':
      return t('resource.ended', 'Completed');
    case 'train_probability':
      return t('resource.train-probability', 'Training split');
    case 'trigger_threshold':
      return t('resource.trigger-threshold', 'Trigger threshold');
    default:
      return part;
  }
};

function formatNumber(ref: ObjectRef, part: string, value: number): ReactNode {
  const metric = findMetric(`${getFamilyPrefix(ref.kind)}_${part}`);
  if (metric?.type === 'timestamp') {
    return <RelativeTime seconds={value} />;
  }
  const format = metric?.unit === 'ratio' ? 'percentunit' : 'locale';
  return formattedValueToString(getValueFormat(format)(value, undefined));
}

/** Shows stage, condition, numbers, and spec of an object. */
export function StatusSummary({ objectRef: ref, data, errors, range, staleness }: Props) {
  const styles = useStyles2(getStyles);
  const kind = findKind(ref.kind)!;
  const info = toRows(data, 'info')[0];
  const { stage = '', condition = '' } = toRows(data, 'condition')[0]?.labels ?? {};
  const since = toRows(data, 'since')[0]?.value;
  const hasConditions = kind.conditionTypes.length > 0;
  const failed = (refId: string) =>
    errors[refId] && describeQueryError(errors[refId], getDataSourceName('prometheus')).title;
  const spec = Object.entries(info?.labels ?? {}).filter(
    ([label, value]) => value !== '' && !NOT_SPEC_LABELS.test(label)
  );
  const numbers = new Map(toRows(data, 'numbers').map((row) => [row.labels[SUBQUERY_LABEL], row]));
  return (
    <div data-testid={TEST_IDS.resource.status}>
      <StalenessNotice staleness={staleness} />
      <StaleContent staleness={staleness}>
        <div className={styles.header}>
          {kind.staged && !failed('condition') && (
            <StageDiagram stage={stage} condition={condition} isFailed={condition === 'Failed'} />
          )}
          <dl className={styles.facts}>
            {hasConditions && (
              <DescriptionItem name={t('resource.status', 'Status')}>
                {failed('condition') ?? (
                  <>
                    <ConditionBadge stage={stage} condition={condition} />
                    {!kind.controlled && (
                      <Text color="secondary">
                        {' '}
                        {t('resource.no-controller', 'Sedna has no controller for this kind')}
                      </Text>
                    )}
                  </>
                )}
              </DescriptionItem>
            )}
            <DescriptionItem
              name={hasConditions ? t('resource.since', 'Last transition') : t('resource.reported', 'Last report')}
            >
              {failed('since') ?? <RelativeTime seconds={since} />}
            </DescriptionItem>
            {failed('numbers') && (
              <DescriptionItem name={t('resource.numbers', 'Numbers')}>{failed('numbers')}</DescriptionItem>
            )}
            {kind.staged && !failed('numbers') && (
              <DescriptionItem name={formatNumberTitle('round')}>
                {numbers.get('round')?.value ?? t('since.unknown', 'Not recorded')}
              </DescriptionItem>
            )}
            {[...numbers]
              .filter(([part]) => part !== 'round')
              .map(([part, { labels, value }]) => (
                <DescriptionItem key={part} name={formatNumberTitle(part)}>
                  {part === 'phase' ? labels.phase : formatNumber(ref, part, value)}
                </DescriptionItem>
              ))}
            {spec.map(([label, value]) => {
              const { title, kind: named } = getSpecField(label);
              return (
                <DescriptionItem key={label} name={title}>
                  {named ? (
                    <AppLink href={buildResourceUrl(named, ref.namespace, value, undefined, { span: range })} inline>
                      {value}
                    </AppLink>
                  ) : (
                    // A URL may contain a password, and viewers see it too.
                    maskText(value)
                  )}
                </DescriptionItem>
              );
            })}
            {info && (
              <DescriptionItem name={t('resource.sampled', 'Last updated')}>
                <RelativeTime seconds={info.value} />
              </DescriptionItem>
            )}
          </dl>
        </div>
      </StaleContent>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  header: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(2, 4), alignItems: 'center' }),
  facts: css({
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1, 4),
    margin: 0,
    dd: { margin: 0, overflowWrap: 'anywhere' },
  }),
});
