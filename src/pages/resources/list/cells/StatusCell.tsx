import React from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, Stack, Text, Tooltip, useStyles2 } from '@grafana/ui';
import { formatAttentionReason } from '../../../../ui/format/formatAttentionReason';
import { ConditionBadge } from '../../../../ui/ConditionBadge';
import { StaleContent } from '../../../../ui/feedback/Staleness';
import { findKind } from '../../../../sedna/kinds';
import type { ResourceRow } from '../rows';
import { UnavailableValue } from './UnavailableValue';
import { t } from '../../../../platform/i18n';

/** Shows stage and condition, and the reason for attention in a tooltip; nothing for kinds without conditions. */
export function StatusCell({ row, loaded }: { row: ResourceRow; loaded: boolean }) {
  const styles = useStyles2(getStyles);
  const kind = findKind(row.kind);
  if (kind?.conditionTypes.length === 0) {
    return null;
  }
  if (!loaded) {
    return <UnavailableValue />;
  }
  if (kind?.controlled === false && row.condition === '') {
    return <Text color="secondary">{t('resources.no-controller', 'Sedna has no controller for this kind')}</Text>;
  }
  const reason = formatAttentionReason(row);
  return (
    <Stack direction="row" gap={1} alignItems="center">
      <StaleContent staleness={row.staleness}>
        <ConditionBadge stage={row.stage} condition={row.condition} />
      </StaleContent>
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

const getStyles = (theme: GrafanaTheme2) => ({
  failing: css({ color: theme.colors.error.text }),
  stuck: css({ color: theme.colors.warning.text }),
  none: css({}),
});
