import React, { useMemo } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Text, useStyles2 } from '@grafana/ui';
import { findChangedSecrets, diffLines, maskSecrets, type SednaObject } from '../../../../kubernetes';
import { toSortedYaml } from './manifestText';
import { TEST_IDS } from '../../../../ui/testIds';
import { t } from '../../../../platform/i18n';

interface Props {
  before: SednaObject;
  after: SednaObject;
}

const PREFIXES = { same: ' ', removed: '-', added: '+' } as const;
/** Unchanged lines that are shown before and after a change. */
const CONTEXT_LINES = 3;

/** Shows the differences between two objects line by line. Secrets are compared but never shown. */
export function ManifestDiff({ before, after }: Props) {
  const styles = useStyles2(getStyles);
  const { lines, secrets } = useMemo(() => {
    const [from, to] = [maskSecrets(before), maskSecrets(after)];
    return {
      lines: diffLines(toSortedYaml(from.object), toSortedYaml(to.object)),
      secrets: findChangedSecrets(from.secrets, to.secrets),
    };
  }, [before, after]);
  const changes = lines.flatMap(({ change }, index) => (change === 'same' ? [] : [index]));
  const isNearChange = (index: number) => changes.some((change) => Math.abs(change - index) <= CONTEXT_LINES);
  return (
    <div data-testid={TEST_IDS.object.diff}>
      {changes.length === 0 && secrets.length === 0 && (
        <Text color="secondary">{t('object.difference.none', 'No differences')}</Text>
      )}
      {changes.length > 0 && (
        <pre className={styles.lines}>
          {lines.map(
            ({ change, text }, index) =>
              isNearChange(index) && (
                <div key={index} className={styles[change]}>
                  {`${PREFIXES[change]} ${text}`}
                </div>
              )
          )}
        </pre>
      )}
      {secrets.length > 0 && (
        <Text element="p" color="warning">
          {t('object.difference.secrets', 'Hidden values that differ: {{paths}}', {
            paths: secrets.join(', '),
          })}
        </Text>
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  lines: css({ maxHeight: 360, overflow: 'auto', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }),
  same: css({ color: theme.colors.text.secondary }),
  removed: css({ color: theme.colors.error.text }),
  added: css({ color: theme.colors.success.text }),
});
