import React, { type ReactNode } from 'react';
import { css } from '@emotion/css';
import { formattedValueToString, getValueFormat, type GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Icon, IconButton, Stack, Text, Tooltip, useStyles2 } from '@grafana/ui';
import { buildResourceUrl } from '../../platform/links/links';
import { AppLink } from '../../ui/AppLink';
import { formatAttentionReason } from '../../ui/format/formatAttentionReason';
import { ConditionBadge } from '../../ui/ConditionBadge';
import { RelativeTime } from '../../ui/RelativeTime';
import { StaleContent, StalenessNotice } from '../../ui/feedback/Staleness';
import { findKind } from '../../sedna/kinds';
import type { ResourceRow } from './rows';

const count = (value: number) => formattedValueToString(getValueFormat('locale')(value, 0));

/** Greys what is not what is now. */
export function Value({ row, children }: { row: ResourceRow; children: ReactNode }) {
  return <StaleContent staleness={row.staleness}>{children}</StaleContent>;
}

export function StarCell({
  row,
  starred,
  onStar,
}: {
  row: ResourceRow;
  starred: boolean;
  onStar: (row: ResourceRow) => void;
}) {
  const { name } = row;
  const interpolation = { escapeValue: false };
  return (
    <IconButton
      name={starred ? 'favorite' : 'star'}
      iconType={starred ? 'mono' : 'default'}
      aria-pressed={starred}
      aria-label={
        starred
          ? t('resources.unstar', 'Unstar {{name}}', { name, interpolation })
          : t('resources.star', 'Star {{name}}', { name, interpolation })
      }
      onClick={() => onStar(row)}
    />
  );
}

/** Name, and why what stands beside it may not be what is now. */
export function NameCell({ row }: { row: ResourceRow }) {
  const { kind, namespace, name } = row;
  return (
    <div>
      <AppLink href={buildResourceUrl(kind, namespace, name)}>{name}</AppLink>
      <StalenessNotice staleness={row.staleness} short />
    </div>
  );
}

/** Stage and condition, and what a person should know of them. */
export function StatusCell({ row, known }: { row: ResourceRow; known: boolean }) {
  const styles = useStyles2(getStyles);
  const kind = findKind(row.kind);
  if (kind?.conditionTypes.length === 0) {
    return null;
  }
  if (!known) {
    return <Unread />;
  }
  if (kind?.controlled === false && row.condition === '') {
    return <Text color="secondary">{t('resources.no-controller', 'Sedna has no controller for it')}</Text>;
  }
  const reason = formatAttentionReason(row);
  return (
    <Stack direction="row" gap={1} alignItems="center">
      <Value row={row}>
        <ConditionBadge stage={row.stage} condition={row.condition} />
      </Value>
      {reason !== '' && (
        <Tooltip content={reason}>
          <span role="img" aria-label={reason} tabIndex={0} className={styles[row.attention.level]}>
            <Icon name="exclamation-triangle" />
          </span>
        </Tooltip>
      )}
    </Stack>
  );
}

export function SinceCell({ row, seconds, known }: { row: ResourceRow; seconds: number | undefined; known: boolean }) {
  return known ? (
    <Value row={row}>
      <RelativeTime seconds={seconds} />
    </Value>
  ) : (
    <Unread />
  );
}

/** A number of the status; nothing that was not recorded is called zero. */
export function NumberCell({ row, number, known }: { row: ResourceRow; number: number | undefined; known: boolean }) {
  if (!known) {
    return <Unread />;
  }
  return <Value row={row}>{number === undefined ? t('since.unknown', 'not recorded') : count(number)}</Value>;
}

/** Worker pods as the status counts them. */
export function WorkersCell({ row, known }: { row: ResourceRow; known: boolean }) {
  if (!known) {
    return <Unread />;
  }
  const { active_workers: active, failed_workers: failed, succeeded_workers: succeeded } = row.numbers;
  const parts = [
    active !== undefined && t('resources.workers.active', '{{number}} active', { number: count(active) }),
    succeeded !== undefined && t('resources.workers.succeeded', '{{number}} succeeded', { number: count(succeeded) }),
    failed !== undefined && t('resources.workers.failed', '{{number}} failed', { number: count(failed) }),
  ].filter((part) => part !== false);
  return <Value row={row}>{parts.length === 0 ? t('since.unknown', 'not recorded') : parts.join(' · ')}</Value>;
}

/** Stands where a query failed: not the same as nothing there. */
function Unread() {
  return <Text color="secondary">{t('resources.unread', 'could not be read')}</Text>;
}

const getStyles = (theme: GrafanaTheme2) => ({
  failing: css({ color: theme.colors.error.text }),
  stuck: css({ color: theme.colors.warning.text }),
  none: css({}),
});
