import React, { useCallback } from 'react';
import { Alert, Text } from '@grafana/ui';
import { getLargeSearchBytes } from '../../../platform/settings/currentSettings';
import { useRequest } from '../../../data/requests/useRequest';
import { isHeldInMemory } from '../../../data/files/downloadSink';
import { fetchLokiResource } from '../../../data/logs/lokiApi';
import { getDataSourceName } from '../../../panels/page/createPageScene';
import { formatBytes, formatCount } from './format';
import { t } from '../../../platform/i18n';

interface Props {
  selector: string;
  /** Unix time in ns. */
  from: bigint;
  to: bigint;
}

/** How much Loki has to read, with a warning if it is a lot. Renders nothing if Loki's index has no data on it. */
export function DownloadEstimate({ selector, from, to }: Props) {
  const request = useRequest(
    useCallback(
      (signal) =>
        fetchLokiResource<{ bytes?: number; entries?: number }>(
          'index/stats',
          { query: selector, start: String(from), end: String(to) },
          signal
        ).catch(() => undefined),
      [selector, from, to]
    )
  );
  // 0 bytes may still be many lines: the newest ones are in Loki's memory, not in its index.
  if (request.state !== 'done' || !request.value?.bytes) {
    return null;
  }
  const { bytes, entries = 0 } = request.value;
  const text = t(
    'logs.download.estimate',
    '{{source}} has to read up to {{bytes}} ({{lines}} lines), plus the newest lines that are not in its index yet',
    {
      source: getDataSourceName('loki'),
      bytes: formatBytes(bytes),
      lines: formatCount(entries),
      count: entries,
      defaultValue_one:
        '{{source}} has to read up to {{bytes}} ({{lines}} line), plus the newest lines that are not in its index yet',
    }
  );
  if (bytes <= getLargeSearchBytes()) {
    return <Text element="p">{text}</Text>;
  }
  return (
    <Alert severity="warning" title={t('logs.download.large.title', 'Large download')}>
      <div>{text}</div>
      <div>{t('logs.download.large.text', 'To download less, select a shorter time range or fewer pods')}</div>
      {isHeldInMemory() && (
        <div>
          {t('logs.download.in-memory', 'This browser keeps all lines in memory until the download is complete')}
        </div>
      )}
    </Alert>
  );
}
