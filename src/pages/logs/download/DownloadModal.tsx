import React, { useCallback, useState } from 'react';
import { css } from '@emotion/css';
import {
  dateTimeFormat,
  formattedValueToString,
  getValueFormat,
  type GrafanaTheme2,
  type TimeRange,
} from '@grafana/data';
import { t } from '@grafana/i18n';
import { Alert, Button, Field, Modal, RadioButtonGroup, Stack, Text, useStyles2 } from '@grafana/ui';
import { getLargeSearchBytes } from '../../../platform/settings/currentSettings';
import { useRequest } from '../../../data/requests/useRequest';
import { fetchLokiResource, toMilliseconds, toNanoseconds } from '../../../data/logs/lokiApi';
import { getDataSourceName } from '../../../panels/page/createPageScene';
import type { LineFormat } from './formats';
import { CrowdedTimeError, WriteError, type DownloadProgress } from './lineDownload';
import { StoppedNotice } from './StoppedNotice';
import { isHeldInMemory } from '../../../data/files/downloadSink';
import { useDownload, type DownloadState } from './useDownload';

export interface DownloadProps {
  /** LogQL of the lines. */
  expr: string;
  /** Selector of the streams that it reads, which tells how much that is. */
  selector: string;
  range: TimeRange;
  /** File name without extension; what files cannot be called is replaced. */
  name: string;
}

/** A first line so much later (ms) than what was asked for may be the end of what Loki keeps. */
const LATE = 24 * 3_600_000;

const sizeText = (bytes: number) => formattedValueToString(getValueFormat('decbytes')(bytes));
const countText = (count: number) => formattedValueToString(getValueFormat('locale')(count, 0));
const timeText = (time: bigint) => dateTimeFormat(toMilliseconds(time), { defaultWithMS: true });

/** Saves every line of a time range as a file. */
export function DownloadModal({ expr, selector, range, name, onClose }: DownloadProps & { onClose: () => void }) {
  const [format, setFormat] = useState<LineFormat>('text');
  const [{ from, to }] = useState(() => ({
    from: toNanoseconds(range.from.valueOf()),
    to: toNanoseconds(range.to.valueOf()),
  }));
  const { state, start, goOn, cancel, keepPart } = useDownload();
  const isRunning = state.phase === 'running';
  const isFinal =
    state.phase === 'stopped' && (state.error instanceof WriteError || state.error instanceof CrowdedTimeError);

  return (
    <Modal
      isOpen
      title={t('logs.download.title', 'Download all lines')}
      // The first click stops, so that none throws away what was read.
      onDismiss={isRunning ? cancel : onClose}
      closeOnBackdropClick={false}
    >
      <Stack direction="column" gap={2}>
        <Text element="p" color="secondary">
          {t('logs.download.range', 'From {{from}} to {{to}}', {
            from: timeText(from),
            to: timeText(to),
            interpolation: { escapeValue: false },
          })}
        </Text>
        {state.phase === 'choosing' ? (
          <>
            <Expense selector={selector} from={from} to={to} />
            <Field label={t('logs.download.format', 'Format')} description={formatText(format)} noMargin>
              <RadioButtonGroup<LineFormat>
                value={format}
                onChange={setFormat}
                options={[
                  { value: 'text', label: t('logs.download.text.name', 'Text') },
                  { value: 'json', label: t('logs.download.json.name', 'JSON lines') },
                  { value: 'csv', label: t('logs.download.csv.name', 'CSV') },
                ]}
              />
            </Field>
          </>
        ) : (
          <Outcome state={state} from={from} to={to} />
        )}
      </Stack>
      <Modal.ButtonRow>
        {!isRunning && (
          <Button variant="secondary" fill="outline" onClick={onClose}>
            {state.phase === 'stopped' && !state.isKept
              ? t('logs.download.discard', 'Discard')
              : t('logs.download.close', 'Close')}
          </Button>
        )}
        {state.phase === 'choosing' && (
          <Button icon="download-alt" onClick={() => start({ expr, from, to, format, name: fileName(name) })}>
            {t('logs.download.start', 'Download')}
          </Button>
        )}
        {isRunning && (
          <Button variant="secondary" onClick={cancel}>
            {t('logs.download.cancel', 'Cancel')}
          </Button>
        )}
        {state.phase === 'stopped' && !state.isKept && (
          <>
            <Button variant="secondary" disabled={state.progress.lines === 0} onClick={keepPart}>
              {t('logs.download.keep', 'Keep the part')}
            </Button>
            {!isFinal && (
              <Button onClick={goOn}>
                {state.error === undefined ? t('logs.download.go-on', 'Go on') : t('logs.download.retry', 'Try again')}
              </Button>
            )}
          </>
        )}
      </Modal.ButtonRow>
    </Modal>
  );
}

const fileName = (name: string) => name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '_').replace(/^[._]+/, '') || 'logs';

function formatText(format: LineFormat): string {
  switch (format) {
    case 'text':
      return t(
        'logs.download.text.is',
        'Time in UTC, pod and line; further lines of an entry are indented by four spaces.'
      );
    case 'json':
      return t('logs.download.json.is', 'One object for each entry, with all of its labels.');
    default:
      return t(
        'logs.download.csv.is',
        "Where a spreadsheet would run a text as a formula, or it starts with ', one ' stands before it."
      );
  }
}

/** What Loki has to read, where it tells; a lot is warned of. */
function Expense({ selector, from, to }: { selector: string; from: bigint; to: bigint }) {
  const answer = useRequest(
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
  // The newest lines, which Loki holds in memory, are not in its index: where it knows of none, there may be many.
  if (answer.state !== 'done' || !answer.value?.bytes) {
    return null;
  }
  const { bytes, entries = 0 } = answer.value;
  const text = t(
    'logs.download.expense',
    '{{source}} has to read up to {{bytes}}, {{entries}} lines, and the newest ones, which its index does not tell.',
    {
      source: getDataSourceName('loki'),
      bytes: sizeText(bytes),
      entries: countText(entries),
      interpolation: { escapeValue: false },
    }
  );
  if (bytes <= getLargeSearchBytes()) {
    return <Text element="p">{text}</Text>;
  }
  return (
    <Alert severity="warning" title={t('logs.download.huge', 'This is a lot and may take long')}>
      <div>{text}</div>
      <div>{t('logs.download.less', 'A shorter time range or fewer pods ask less of it.')}</div>
      {isHeldInMemory() && (
        <div>{t('logs.download.in-memory', 'This browser holds all lines in memory until they are complete.')}</div>
      )}
    </Alert>
  );
}

function Outcome({
  state,
  from,
  to,
}: {
  state: Exclude<DownloadState, { phase: 'choosing' }>;
  from: bigint;
  to: bigint;
}) {
  const { progress } = state;
  const styles = useStyles2(getStyles);
  return (
    <>
      {state.phase === 'done' && <DoneNotice progress={progress} from={from} />}
      {state.phase === 'stopped' && <StoppedNotice error={state.error} />}
      {state.phase !== 'done' && (
        <progress
          className={styles.bar}
          aria-label={t('logs.download.progress', 'Time that is read')}
          max={toMilliseconds(to - from)}
          value={toMilliseconds(progress.reached - from)}
        />
      )}
      <div role="status">
        {t('logs.download.counts', '{{lines}} lines written, {{bytes}}, complete until {{time}}', {
          lines: countText(progress.lines),
          bytes: sizeText(progress.bytes),
          time: timeText(progress.reached),
          interpolation: { escapeValue: false },
        })}
      </div>
      {state.phase === 'running' && progress.failures > 0 && (
        <Text element="p" color="warning">
          {t('logs.download.retrying', '{{source}} gave no answer and is asked again ({{failures}})', {
            source: getDataSourceName('loki'),
            failures: progress.failures,
            interpolation: { escapeValue: false },
          })}
        </Text>
      )}
      {state.phase === 'stopped' && state.isKept && (
        <Text element="p">{t('logs.download.kept', 'The part is saved, with "-partial" in its name.')}</Text>
      )}
    </>
  );
}

function DoneNotice({ progress: { first }, from }: { progress: DownloadProgress; from: bigint }) {
  if (first === undefined) {
    return <Alert severity="info" title={t('logs.download.none', 'No line was found: the file is empty')} />;
  }
  return (
    <Alert severity="success" title={t('logs.download.done', 'All lines are saved')}>
      <div>
        {t('logs.download.first', 'The first one was written at {{time}}.', {
          time: timeText(first),
          interpolation: { escapeValue: false },
        })}
      </div>
      {toMilliseconds(first - from) > LATE && (
        <div>{t('logs.download.retention', 'There is none before; Loki may not keep lines for so long.')}</div>
      )}
    </Alert>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  bar: css({ width: '100%', accentColor: theme.colors.primary.main }),
});
