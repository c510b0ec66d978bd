import React, { useMemo } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Text, useStyles2 } from '@grafana/ui';
import { findChangedSecrets, diffLines, maskSecrets, type SednaObject } from '../../../kubernetes';
import { toSortedYaml } from './yamlText';

interface Props {
  before: SednaObject;
  after: SednaObject;
}

const SIGNS = { same: ' ', removed: '-', added: '+' } as const;
/** Lines that are shown around a difference. */
const CONTEXT = 3;

/** What differs between two objects, line by line, with secrets compared but not shown. */
export function Difference({ before, after }: Props) {
  const styles = useStyles2(getStyles);
  const { lines, secrets } = useMemo(() => {
    const [from, to] = [maskSecrets(before), maskSecrets(after)];
    return {
      lines: diffLines(toSortedYaml(from.object), toSortedYaml(to.object)),
      secrets: findChangedSecrets(from.secrets, to.secrets),
    };
  }, [before, after]);
  const changes = lines.flatMap(({ change }, index) => (change === 'same' ? [] : [index]));
  const near = (index: number) => changes.some((at) => Math.abs(at - index) <= CONTEXT);
  return (
    <div data-testid="object-difference">
      {changes.length === 0 && secrets.length === 0 && (
        <Text color="secondary">{t('object.difference.none', 'Nothing differs.')}</Text>
      )}
      {changes.length > 0 && (
        <pre className={styles.lines}>
          {lines.map(
            ({ change, text }, index) =>
              near(index) && (
                <div key={index} className={styles[change]}>
                  {`${SIGNS[change]} ${text}`}
                </div>
              )
          )}
        </pre>
      )}
      {secrets.length > 0 && (
        <Text element="p" color="warning">
          {t('object.difference.secrets', 'Values that differ and are not shown: {{paths}}', {
            paths: secrets.join(', '),
            interpolation: { escapeValue: false },
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
