import React from 'react';
import { css } from '@emotion/css';
import { formattedValueToString, getValueFormat, type GrafanaTheme2 } from '@grafana/data';
import { Badge, Button, useStyles2 } from '@grafana/ui';
import type { QueryErrorLike } from '../../../data/errors/classifyQueryError';
import { describeQueryError } from '../../../data/errors/describeQueryError';
import { getDataSourceName } from '../../../panels/page/createPageScene';
import { POLL_MS, type StreamFailure, type TailReport, type TailState } from './logTail';
import { TEST_IDS } from '../../../ui/testIds';
import { t } from '../../../platform/i18n';

interface Props {
  report: TailReport;
  maxLines: number;
  isPaused: boolean;
  /** Lines received since the pause. */
  pendingLines: number;
  onPause: () => void;
  onJumpToNewest: () => void;
  onClear: () => void;
  onStop: () => void;
}

/** State of the live lines, and buttons to control them. */
export function LiveBar({ report, maxLines, isPaused, pendingLines, onPause, onJumpToNewest, onClear, onStop }: Props) {
  const { state, rate } = report;
  const styles = useStyles2(getStyles);
  const notes = [...formatState(state), ...formatLosses(report, maxLines)];
  const { text, color } = getBadge(state);
  return (
    <div data-testid={TEST_IDS.logs.liveBar}>
      <div className={styles.row}>
        <span role="status" className={styles.row}>
          <Badge text={text} color={color} />
          {isPaused && (
            <Badge
              color="blue"
              icon="pause"
              text={t('logs.live.pending', 'Paused, {{count}} new lines', {
                count: pendingLines,
                defaultValue_one: 'Paused, {{count}} new line',
              })}
            />
          )}
        </span>
        <span className={styles.secondary}>
          {t('logs.live.rate', '{{rate}} lines/s', {
            rate: formattedValueToString(getValueFormat('short')(rate, rate < 10 ? 1 : 0)),
          })}
        </span>
        <span className={styles.buttons}>
          {isPaused ? (
            <Button size="sm" icon="arrow-up" onClick={onJumpToNewest}>
              {t('logs.live.resume', 'Jump to newest')}
            </Button>
          ) : (
            <Button size="sm" icon="pause" variant="secondary" onClick={onPause}>
              {t('logs.live.pause', 'Pause')}
            </Button>
          )}
          <Button size="sm" icon="trash-alt" variant="secondary" onClick={onClear}>
            {t('logs.live.clear', 'Clear')}
          </Button>
          <Button size="sm" icon="square-shape" variant="secondary" onClick={onStop}>
            {t('logs.live.stop', 'Stop')}
          </Button>
        </span>
      </div>
      {notes.length > 0 && <div className={styles.secondary}>{notes.join(' ')}</div>}
    </div>
  );
}

function getBadge({ status }: TailState): Pick<React.ComponentProps<typeof Badge>, 'text' | 'color'> {
  switch (status) {
    case 'streaming':
      return { text: t('logs.live.streaming', 'Streaming'), color: 'green' };
    case 'polling':
      return {
        text: t('logs.live.polling', 'Polling every {{seconds}} s', { seconds: POLL_MS / 1000 }),
        color: 'orange',
      };
    case 'failed':
      return { text: t('logs.live.failed', 'Connection failed'), color: 'red' };
    default:
      return { text: t('logs.live.connecting', 'Connecting'), color: 'blue' };
  }
}

/** Sentences that explain a state; none if there is nothing to explain. */
function formatState(state: TailState): string[] {
  switch (state.status) {
    case 'polling':
      return [formatStreamFailure(state.failure), t('logs.live.retrying-stream', 'The stream is retried regularly.')];
    case 'failed':
      return [formatError(state.error), t('logs.live.retrying', 'This page retries automatically.')];
    case 'streaming':
      return state.checkError === undefined
        ? []
        : [
            t('logs.live.unchecked', "Couldn't check for missing lines: {{error}}", {
              error: formatError(state.checkError),
            }),
          ];
    default:
      return [];
  }
}

function formatError(error: unknown): string {
  const { title, detail } = describeQueryError(error as QueryErrorLike, getDataSourceName('loki'));
  return detail === ''
    ? t('logs.live.error', '{{title}}.', { title })
    : t('logs.live.error-detail', '{{title}} ({{detail}}).', { title, detail });
}

function formatStreamFailure({ cause, detail }: StreamFailure): string {
  switch (cause) {
    case 'refused':
      return t('logs.live.refused', 'Grafana, Loki, or a proxy refused the WebSocket connection.');
    case 'closed':
      return t('logs.live.closed', 'Loki closed the stream ({{detail}}).', {
        detail,
      });
    default:
      return t('logs.live.stalled', 'The stream was open but sent no lines.');
  }
}

function formatLosses({ dropped, recovered, trimmed }: TailReport, maxLines: number): string[] {
  return [
    dropped > 0 &&
      t('logs.live.dropped', 'Loki dropped {{count}} lines from the stream.', {
        count: dropped,
        defaultValue_one: 'Loki dropped {{count}} line from the stream.',
      }),
    recovered > 0 &&
      t('logs.live.recovered', 'Recovered {{count}} missing lines.', {
        count: recovered,
        defaultValue_one: 'Recovered {{count}} missing line.',
      }),
    trimmed > 0 &&
      t('logs.live.trimmed', 'Removed {{count}} older lines (limit: {{limit}}).', {
        count: trimmed,
        limit: maxLines,
        defaultValue_one: 'Removed {{count}} older line (limit: {{limit}}).',
      }),
  ].filter((text) => text !== false);
}

const getStyles = (theme: GrafanaTheme2) => ({
  row: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1) }),
  buttons: css({ display: 'flex', gap: theme.spacing(1), marginLeft: 'auto' }),
  secondary: css({ color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
});
