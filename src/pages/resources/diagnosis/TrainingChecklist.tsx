import React from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Trans } from '@grafana/i18n';
import { Icon, Text, useStyles2, type IconName } from '@grafana/ui';
import { getTrainingChecklist, type CheckState, type Facts } from '../../../sedna/diagnosis';
import { formatCheck, formatCheckState } from './formatCheck';
import { TEST_IDS } from '../../../ui/testIds';

const ICONS: Readonly<Record<CheckState, IconName>> = {
  ok: 'check-circle',
  'not-ok': 'times-circle',
  unknown: 'question-circle',
};

/** Prerequisites of a job that waits to train, and whether each is met. */
export function TrainingChecklist({ facts, now }: { facts: Facts; now: number }) {
  const styles = useStyles2(getStyles);
  return (
    <section data-testid={TEST_IDS.resource.trainingChecklist}>
      <Text element="h2" variant="h4">
        <Trans i18nKey="checklist.title">Training prerequisites</Trans>
      </Text>
      <ul className={styles.list}>
        {getTrainingChecklist(facts, now).map((check) => (
          <li key={check.item} data-item={check.item} data-state={check.state}>
            <span className={styles[check.state]} role="img" aria-label={formatCheckState(check.state)}>
              <Icon name={ICONS[check.state]} />
            </span>{' '}
            {formatCheck(check)}
          </li>
        ))}
      </ul>
    </section>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ listStyle: 'none', marginTop: theme.spacing(1) }),
  ok: css({ color: theme.colors.success.text }),
  'not-ok': css({ color: theme.colors.error.text }),
  unknown: css({ color: theme.colors.text.secondary }),
});
