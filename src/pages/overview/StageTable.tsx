import React from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Trans } from '@grafana/i18n';
import { Text, useStyles2 } from '@grafana/ui';
import { STAGE_CONDITIONS, STAGES } from '../../sedna/kinds';
import { countByCondition, type JobRow } from './rows';
import { TEST_IDS } from '../../ui/testIds';
import { t } from '../../platform/i18n';

/** Counts jobs by stage and newest condition. Jobs without a condition are not in the table. */
export function StageTable({ jobs }: { jobs: readonly JobRow[] }) {
  const styles = useStyles2(getStyles);
  const counts = countByCondition(jobs);
  return (
    <div data-testid={TEST_IDS.overview.stages}>
      <Text element="h2" variant="h4">
        <Trans i18nKey="overview.stages.title">Stages</Trans>
      </Text>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('overview.stages.stage', 'Stage')}</th>
              {STAGE_CONDITIONS.map((condition) => (
                <th scope="col" key={condition}>
                  {condition}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {STAGES.map((stage) => (
              <tr key={stage}>
                <th scope="row">{stage}</th>
                {STAGE_CONDITIONS.map((condition) => {
                  const count = counts.get(stage)?.get(condition) ?? 0;
                  return (
                    <td key={condition} className={count === 0 ? styles.zero : styles.count} data-condition={condition}>
                      {count}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  scroll: css({ overflowX: 'auto' }),
  table: css({
    width: '100%',
    marginTop: theme.spacing(1),
    fontSize: theme.typography.bodySmall.fontSize,
    'th, td': {
      padding: theme.spacing(0.75, 0.5),
      textAlign: 'right',
      borderBottom: `1px solid ${theme.colors.border.weak}`,
    },
    'th:first-of-type': { textAlign: 'left' },
    'thead th': { color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular },
  }),
  zero: css({ color: theme.colors.text.disabled }),
  count: css({ fontWeight: theme.typography.fontWeightBold }),
});
