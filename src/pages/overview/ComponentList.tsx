import React from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Trans } from '@grafana/i18n';
import { Badge, Text, useStyles2 } from '@grafana/ui';
import { buildLogsUrl } from '../../platform/links/links';
import { AppLink } from '../../ui/links/AppLink';
import { SEDNA_NAMESPACE } from '../../sedna/kinds';
import type { ComponentRow } from './rows';
import { TEST_IDS } from '../../ui/testIds';

/** Lists the pods of the global manager, the local controllers, and the knowledge base; each links to its logs. */
export function ComponentList({ components }: { components: readonly ComponentRow[] }) {
  const styles = useStyles2(getStyles);
  return (
    <div data-testid={TEST_IDS.overview.components}>
      <Text element="h2" variant="h4">
        <Trans i18nKey="overview.components.title">Sedna components</Trans>
      </Text>
      {components.length === 0 ? (
        <Text color="secondary" element="p">
          <Trans i18nKey="overview.components.none">No components found in the sedna namespace</Trans>
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
