import React from 'react';
import { css } from '@emotion/css';
import { getValueFormat, formattedValueToString, type GrafanaTheme2 } from '@grafana/data';
import { Trans } from '@grafana/i18n';
import { Badge, Text, useStyles2 } from '@grafana/ui';
import type { NodeRow } from './rows';
import { TEST_IDS } from '../../ui/testIds';
import { t } from '../../platform/i18n';

const formatDuration = (seconds: number) => formattedValueToString(getValueFormat('s')(seconds, 0));

/** Lists nodes with their roles and the age of their last heartbeat. */
export function NodeList({ nodes }: { nodes: readonly NodeRow[] }) {
  const styles = useStyles2(getStyles);
  return (
    <div data-testid={TEST_IDS.overview.nodes}>
      <Text element="h2" variant="h4">
        <Trans i18nKey="overview.nodes.title">Nodes</Trans>
      </Text>
      <ul className={styles.list}>
        {nodes.map((node) => (
          <li key={node.node} className={styles.item}>
            <span>
              {node.node}{' '}
              <Text color="secondary" variant="bodySmall">
                {node.roles.join(', ')}
              </Text>
            </span>
            <HeartbeatBadge {...node} />
          </li>
        ))}
      </ul>
      {nodes.some(({ offline }) => offline) && (
        <Text color="secondary" variant="bodySmall" element="p">
          <Trans i18nKey="overview.nodes.stale-note">Data from offline nodes may be outdated</Trans>
        </Text>
      )}
    </div>
  );
}

function HeartbeatBadge({ age, offline }: NodeRow) {
  if (age === undefined) {
    return <Badge color="darkgrey" text={t('overview.nodes.no-lease', 'No heartbeat recorded')} />;
  }
  return offline ? (
    <Badge
      color="red"
      icon="exclamation-triangle"
      text={t('overview.nodes.silent', 'Offline for {{duration}}', { duration: formatDuration(age) })}
    />
  ) : (
    <Badge color="green" text={t('overview.nodes.seen', 'Seen {{duration}} ago', { duration: formatDuration(age) })} />
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ listStyle: 'none', margin: theme.spacing(1, 0, 0), padding: 0 }),
  item: css({
    display: 'flex',
    justifyContent: 'space-between',
    alignItems: 'center',
    gap: theme.spacing(1),
    padding: theme.spacing(0.75, 0),
    borderBottom: `1px solid ${theme.colors.border.weak}`,
  }),
});
