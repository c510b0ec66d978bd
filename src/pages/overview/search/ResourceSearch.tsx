import React, { type ReactNode } from 'react';
import { css } from '@emotion/css';
import { Icon, Input, useStyles2 } from '@grafana/ui';
import { t } from '../../../platform/i18n';

interface Props {
  text: string;
  onTextChange: (text: string) => void;
  /** Results, drawn over what is below the field. */
  children: ReactNode;
}

export function ResourceSearch({ text, onTextChange, children }: Props) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.box}>
      <Input
        prefix={<Icon name="search" />}
        value={text}
        placeholder={t('overview.search.placeholder', 'Find a resource or pod by name')}
        aria-label={t('overview.search.label', 'Find a resource or pod by name')}
        onChange={({ currentTarget }) => onTextChange(currentTarget.value)}
        onKeyDown={({ key }) => key === 'Escape' && onTextChange('')}
      />
      {children}
    </div>
  );
}

const getStyles = () => ({ box: css({ position: 'relative', width: 420, maxWidth: '100%' }) });
