import React, { type ReactNode } from 'react';
import { css } from '@emotion/css';
import { t } from '@grafana/i18n';
import { Icon, Text, useStyles2 } from '@grafana/ui';
import type { Staleness } from '../sedna/staleness';
import { Since } from './Since';

/** Greys what may not be what is now. */
export function Aged({ staleness, children }: { staleness: Staleness; children: ReactNode }) {
  const styles = useStyles2(getStyles);
  return (
    <div className={staleness.state === 'fresh' ? undefined : styles.stale} data-staleness={staleness.state}>
      {children}
    </div>
  );
}

/** Says why, and since when; nothing of what is fresh. */
export function StalenessNote({ staleness }: { staleness: Staleness }) {
  if (staleness.state === 'fresh') {
    return null;
  }
  return (
    <Text color="warning" element="p">
      <Icon name={staleness.state === 'offline' ? 'plug' : 'clock-nine'} size="sm" />{' '}
      {staleness.state === 'offline'
        ? t('staleness.offline', '{{node}} is offline: what it reported is grey. Last sign of life', {
            node: staleness.node,
            interpolation: { escapeValue: false },
          })
        : t('staleness.late', 'Prometheus has no newer samples: what is grey was seen')}{' '}
      <Since seconds={staleness.since} />
    </Text>
  );
}

const getStyles = () => ({ stale: css({ opacity: 0.55 }) });
