import React, { type ReactNode } from 'react';
import { css } from '@emotion/css';
import { Icon, Text, useStyles2 } from '@grafana/ui';
import type { Staleness } from '../../sedna/staleness';
import { TimeAgoText } from '../TimeAgoText';
import { t } from '../../platform/i18n';

/** Dims its children while their data is stale or the reporting node is offline. */
export function StaleContent({ staleness, children }: { staleness: Staleness; children: ReactNode }) {
  const styles = useStyles2(getStyles);
  return (
    <div className={staleness.state === 'fresh' ? undefined : styles.stale} data-staleness={staleness.state}>
      {children}
    </div>
  );
}

interface StalenessNoticeProps {
  staleness: Staleness;
  /** Uses a short text, for a table cell. */
  short?: boolean;
}

function formatStaleness(staleness: Exclude<Staleness, { state: 'fresh' }>, short: boolean, ago: string): string {
  if (staleness.state === 'stale') {
    return short
      ? t('staleness.late-short', 'Last seen {{ago}}', { ago })
      : t('staleness.late', 'Data is outdated. Last sample: {{ago}}.', { ago });
  }
  const values = { node: staleness.node, ago };
  return short
    ? t('staleness.offline-short', '{{node}} is offline, last heartbeat {{ago}}', values)
    : t('staleness.offline', '{{node}} is offline. Dimmed data may be outdated. Last heartbeat: {{ago}}.', values);
}

/** Shows why data is stale and since when; nothing for fresh data. */
export function StalenessNotice({ staleness, short = false }: StalenessNoticeProps) {
  if (staleness.state === 'fresh') {
    return null;
  }
  const style = short ? ({ color: 'secondary', variant: 'bodySmall' } as const) : ({ color: 'warning' } as const);
  return (
    <Text element={short ? 'span' : 'p'} {...style}>
      <Icon name={staleness.state === 'offline' ? 'plug' : 'clock-nine'} size="sm" />{' '}
      <TimeAgoText seconds={staleness.since}>{(ago) => formatStaleness(staleness, short, ago)}</TimeAgoText>
    </Text>
  );
}

const getStyles = () => ({ stale: css({ opacity: 0.55 }) });
