import React from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import type { TimeZone } from '@grafana/schema';
import { Alert, Text, useStyles2 } from '@grafana/ui';
import { toMilliseconds } from '../../../data/logs/logEntries';
import { getDataSourceName } from '../../../panels/page/createPageScene';
import { DownloadStoppedAlert } from './DownloadStoppedAlert';
import { formatBytes, formatCount, formatTime } from './format';
import type { DownloadProgress } from './lineDownload';
import type { DownloadState } from './useDownload';
import { t } from '../../../platform/i18n';

/** A first line later than this may mean that Loki has deleted earlier ones. */
const RETENTION_HINT_MS = 24 * 3_600_000;

interface Props {
  state: Exclude<DownloadState, { phase: 'choosing' }>;
  /** Unix time in ns. */
  from: bigint;
  to: bigint;
  timeZone: TimeZone;
}

/** Progress and outcome of a download. */
export function DownloadStatus({ state, from, to, timeZone }: Props) {
  const { progress } = state;
  const styles = useStyles2(getStyles);
  return (
    <>
      {state.phase === 'done' && <DownloadDoneAlert {...{ progress, from, timeZone }} />}
      {state.phase === 'stopped' && <DownloadStoppedAlert error={state.error} />}
      {state.phase !== 'done' && (
        <progress
          className={styles.bar}
          aria-label={t('logs.download.progress', 'Download progress')}
          max={toMilliseconds(to - from)}
          value={toMilliseconds(progress.reached - from)}
        />
      )}
      <div role="status">
        {t('logs.download.counts', '{{lines}} lines written ({{bytes}}), complete until {{time}}', {
          lines: formatCount(progress.lines),
          count: progress.lines,
          bytes: formatBytes(progress.bytes),
          time: formatTime(progress.reached, timeZone),
          defaultValue_one: '{{lines}} line written ({{bytes}}), complete until {{time}}',
        })}
      </div>
      {state.phase === 'running' && progress.failures > 0 && (
        <Text element="p" color="warning">
          {t('logs.download.retrying', "{{source}} isn't responding. Retrying (attempt {{attempt}}).", {
            source: getDataSourceName('loki'),
            attempt: progress.failures,
          })}
        </Text>
      )}
      {state.phase === 'stopped' && state.isSaved && (
        <Text element="p">{t('logs.download.saved', 'Partial file saved with "-partial" in its name')}</Text>
      )}
    </>
  );
}

function DownloadDoneAlert({
  progress: { first },
  from,
  timeZone,
}: Pick<Props, 'from' | 'timeZone'> & { progress: DownloadProgress }) {
  if (first === undefined) {
    return <Alert severity="info" title={t('logs.download.none', 'No lines found. The file is empty.')} />;
  }
  return (
    <Alert severity="success" title={t('logs.download.done', 'All lines downloaded')}>
      <div>
        {t('logs.download.first', 'First line: {{time}}', {
          time: formatTime(first, timeZone),
        })}
      </div>
      {toMilliseconds(first - from) > RETENTION_HINT_MS && (
        <div>{t('logs.download.retention', 'No earlier lines were written, or Loki no longer keeps them')}</div>
      )}
    </Alert>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  bar: css({ width: '100%', accentColor: theme.colors.primary.main }),
});
