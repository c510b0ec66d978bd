import React from 'react';
import { css } from '@emotion/css';
import { getValueFormat, formattedValueToString, type GrafanaTheme2 } from '@grafana/data';
import { Trans, t } from '@grafana/i18n';
import { Badge, Stack, Text, useStyles2 } from '@grafana/ui';
import { buildLogsUrl } from '../../platform/links/links';
import { AppLink } from '../../ui/AppLink';
import { SEDNA_NAMESPACE } from '../../sedna/kinds';
import type { ComponentRow, NodeRow } from './model';

const duration = (seconds: number) => formattedValueToString(getValueFormat('s')(seconds, 0));

function NodeAge({ age, stale }: NodeRow) {
  if (age === undefined) {
    return <Badge color="darkgrey" text={t('overview.nodes.no-lease', 'no sign of life recorded')} />;
  }
  return stale ? (
    <Badge
      color="red"
      icon="exclamation-triangle"
      text={t('overview.nodes.silent', 'silent for {{duration}}', { duration: duration(age) })}
    />
  ) : (
    <Badge color="green" text={t('overview.nodes.seen', 'seen {{duration}} ago', { duration: duration(age) })} />
  );
}

/** Nodes with the age of what they report, and Sedna's own pods. */
export function NodeList({ nodes, components }: { nodes: readonly NodeRow[]; components: readonly ComponentRow[] }) {
  const styles = useStyles2(getStyles);
  return (
    <Stack direction="column" gap={3}>
      <div data-testid="node-list">
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
              <NodeAge {...node} />
            </li>
          ))}
        </ul>
        {nodes.some(({ stale }) => stale) && (
          <Text color="secondary" variant="bodySmall" element="p">
            <Trans i18nKey="overview.nodes.stale-note">
              A silent node may be offline: pods, logs and samples of it are shown as they were before.
            </Trans>
          </Text>
        )}
      </div>
      <div data-testid="component-list">
        <Text element="h2" variant="h4">
          <Trans i18nKey="overview.components.title">Components of Sedna</Trans>
        </Text>
        {components.length === 0 ? (
          <Text color="secondary" element="p">
            <Trans i18nKey="overview.components.none">None is known in the namespace sedna.</Trans>
          </Text>
        ) : (
          <ul className={styles.list}>
            {components.map(({ pod, phase }) => (
              <li key={pod} className={styles.item}>
                <AppLink href={buildLogsUrl({ namespace: SEDNA_NAMESPACE, pods: [pod] })}>{pod}</AppLink>
                <Badge color={phase === 'Running' ? 'green' : 'orange'} text={phase} />
              </li>
            ))}
          </ul>
        )}
      </div>
    </Stack>
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
