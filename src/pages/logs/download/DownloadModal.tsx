import React, { useState } from 'react';
import type { TimeRange } from '@grafana/data';
import type { TimeZone } from '@grafana/schema';
import { Button, Field, Modal, RadioButtonGroup, Stack, Text } from '@grafana/ui';
import { toNanoseconds } from '../../../data/logs/lokiApi';
import { DownloadEstimate } from './DownloadEstimate';
import { DownloadStatus } from './DownloadStatus';
import { formatTime } from './format';
import { TimestampLimitError, WriteError } from './lineDownload';
import type { LineFormat } from './lineFormats';
import { useDownload } from './useDownload';
import { t } from '../../../platform/i18n';

export interface DownloadProps {
  /** LogQL of the lines. */
  expr: string;
  /** Selector of the streams that the query reads, for the estimate of its size. */
  selector: string;
  range: TimeRange;
  timeZone: TimeZone;
  /** File name without extension; characters that a file name can't have are replaced. */
  name: string;
}

/** Downloads all lines of a time range as a file. */
export function DownloadModal({
  expr,
  selector,
  range,
  timeZone,
  name,
  onClose,
}: DownloadProps & { onClose: () => void }) {
  const [format, setFormat] = useState<LineFormat>('text');
  // The range of when the dialog opened: a refresh of the page must not move it.
  const [{ from, to }] = useState(() => ({
    from: toNanoseconds(range.from.valueOf()),
    to: toNanoseconds(range.to.valueOf()),
  }));
  const { state, start, resume, cancel, savePartialFile } = useDownload();
  const isRunning = state.phase === 'running';
  const isUnsaved = state.phase === 'stopped' && !state.isSaved;
  const canResume = !(
    state.phase === 'stopped' &&
    (state.error instanceof WriteError || state.error instanceof TimestampLimitError)
  );

  return (
    <Modal
      isOpen
      title={t('logs.download.title', 'Download all lines')}
      // The first click only stops the download, so that it can't discard what was written.
      onDismiss={isRunning ? cancel : onClose}
      closeOnBackdropClick={false}
    >
      <Stack direction="column" gap={2}>
        <Text element="p" color="secondary">
          {t('logs.download.range', 'From {{from}} to {{to}}', {
            from: formatTime(from, timeZone),
            to: formatTime(to, timeZone),
          })}
        </Text>
        {state.phase === 'choosing' ? (
          <>
            <DownloadEstimate {...{ selector, from, to }} />
            <Field label={t('logs.download.format', 'Format')} description={formatDescription(format)} noMargin>
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
          <DownloadStatus {...{ state, from, to, timeZone }} />
        )}
      </Stack>
      <Modal.ButtonRow>
        {!isRunning && (
          <Button variant="secondary" fill="outline" onClick={onClose}>
            {isUnsaved ? t('logs.download.discard', 'Discard') : t('logs.download.close', 'Close')}
          </Button>
        )}
        {state.phase === 'choosing' && (
          <Button icon="download-alt" onClick={() => start({ expr, from, to, format, name: toFileName(name) })}>
            {t('logs.download.start', 'Download')}
          </Button>
        )}
        {isRunning && (
          <Button variant="secondary" onClick={cancel}>
            {t('logs.download.cancel', 'Cancel')}
          </Button>
        )}
        {isUnsaved && (
          <>
            <Button variant="secondary" disabled={state.progress.lines === 0} onClick={savePartialFile}>
              {t('logs.download.save-partial', 'Save partial file')}
            </Button>
            {canResume && (
              <Button onClick={resume}>
                {state.error === undefined
                  ? t('logs.download.resume', 'Resume')
                  : t('logs.download.retry', 'Try again')}
              </Button>
            )}
          </>
        )}
      </Modal.ButtonRow>
    </Modal>
  );
}

const toFileName = (name: string) => name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '_').replace(/^[._]+/, '') || 'logs';

function formatDescription(format: LineFormat): string {
  switch (format) {
    case 'text':
      return t(
        'logs.download.text.description',
        'Time in UTC, pod, and line. Further lines of an entry are indented by 4 spaces.'
      );
    case 'json':
      return t('logs.download.json.description', 'One object per entry with all of its labels');
    default:
      return t(
        'logs.download.csv.description',
        "Text that a spreadsheet would run as a formula, or that starts with ', is prefixed with '"
      );
  }
}
