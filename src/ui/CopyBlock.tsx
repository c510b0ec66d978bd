import React from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { ClipboardButton, useStyles2 } from '@grafana/ui';
import { t } from '../platform/i18n';

interface Props {
  text: string;
  /** Accessible name. */
  label: string;
}

/** Preformatted text with a copy button. */
export function CopyBlock({ text, label }: Props) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.block}>
      <pre className={styles.text} aria-label={label}>
        {text}
      </pre>
      <ClipboardButton className={styles.button} size="sm" variant="secondary" icon="copy" getText={() => text}>
        {t('copy-block.copy', 'Copy')}
      </ClipboardButton>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  block: css({ position: 'relative' }),
  text: css({ maxHeight: 320, overflow: 'auto', margin: 0 }),
  button: css({ position: 'absolute', top: theme.spacing(1), right: theme.spacing(2) }),
});
