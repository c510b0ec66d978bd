import React from 'react';
import { css } from '@emotion/css';
import { formattedValueToString, getValueFormat, type GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Badge, Button, useStyles2 } from '@grafana/ui';
import { describeQueryError, type QueryErrorLike } from '../../../data/errors/describeQueryError';
import { getDataSourceName } from '../../../panels/page/createPageScene';
import { POLL_MS, type Loss, type TailReport, type TailState } from './logTail';

interface Props {
  report: TailReport;
  /** How many lines are kept at most. */
  keep: number;
  isPaused: boolean;
  /** Lines that came since it was paused. */
  waiting: number;
  onPause: () => void;
  /** Goes on with the newest line in sight. */
  onResume: () => void;
  onClear: () => void;
  onStop: () => void;
}

/** What the live lines do, in words, and what a person can do with them. */
export function LiveBar({ report, keep, isPaused, waiting, onPause, onResume, onClear, onStop }: Props) {
  const { state, rate } = report;
  const styles = useStyles2(getStyles);
  const notes = [...reasons(state), ...losses(report, keep)];
  const { text, color } = stateBadge(state);
  return (
    <div data-testid="live-bar">
      <div className={styles.row}>
        <span role="status" className={styles.row}>
          <Badge text={text} color={color} />
          {isPaused && (
            <Badge
              color="blue"
              icon="pause"
              text={t('logs.live.waiting', 'Paused, new lines that wait: {{lines}}', { lines: waiting })}
            />
          )}
        </span>
        <span className={styles.quiet}>
          {t('logs.live.rate', '{{rate}} lines a second', {
            rate: formattedValueToString(getValueFormat('short')(rate, rate < 10 ? 1 : 0)),
          })}
        </span>
        <span className={styles.buttons}>
          {isPaused ? (
            <Button size="sm" icon="arrow-up" onClick={onResume}>
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
      {notes.length > 0 && <div className={styles.quiet}>{notes.join(' ')}</div>}
    </div>
  );
}

function stateBadge({ is }: TailState): Pick<React.ComponentProps<typeof Badge>, 'text' | 'color'> {
  switch (is) {
    case 'streaming':
      return { text: t('logs.live.streaming', 'Streaming'), color: 'green' };
    case 'polling':
      return {
        text: t('logs.live.polling', 'No stream: asking every {{seconds}} s', { seconds: POLL_MS / 1000 }),
        color: 'orange',
      };
    case 'failed':
      return { text: t('logs.live.failed', 'No lines arrive'), color: 'red' };
    default:
      return { text: t('logs.live.connecting', 'Connecting'), color: 'blue' };
  }
}

/** Why it is so, where that is to be said. */
function reasons(state: TailState): string[] {
  switch (state.is) {
    case 'polling':
      return [lossText(state.because), t('logs.live.again', 'The stream is tried again from time to time.')];
    case 'failed':
      return [errorText(state.error), t('logs.live.failed-again', 'It is tried again by itself.')];
    case 'streaming':
      return state.unchecked === undefined
        ? []
        : [
            t('logs.live.unchecked', 'Whether lines are missing is not known: {{error}}', {
              error: errorText(state.unchecked),
              interpolation: { escapeValue: false },
            }),
          ];
    default:
      return [];
  }
}

function errorText(error: unknown): string {
  const { title, detail } = describeQueryError(error as QueryErrorLike, getDataSourceName('loki'));
  return detail === '' ? `${title}.` : `${title} (${detail}).`;
}

function lossText({ cause, detail }: Loss): string {
  switch (cause) {
    case 'refused':
      return t('logs.live.refused', 'Grafana or Loki refused the stream, or a proxy before them passes no WebSocket.');
    case 'closed':
      return t('logs.live.closed', 'Loki closed the stream ({{detail}}).', {
        detail,
        interpolation: { escapeValue: false },
      });
    default:
      return t('logs.live.silent', 'The stream was open and brought no lines.');
  }
}

function losses({ dropped, filled, trimmed }: TailReport, keep: number): string[] {
  return [
    dropped > 0 && t('logs.live.dropped', 'Lines that Loki left out of the stream: {{lines}}.', { lines: dropped }),
    filled > 0 && t('logs.live.filled', 'Missed lines that were filled in: {{lines}}.', { lines: filled }),
    trimmed > 0 &&
      t('logs.live.trimmed', 'Lines that gave way to newer ones, as the newest {{keep}} are kept: {{lines}}.', {
        lines: trimmed,
        keep,
      }),
  ].filter((text) => text !== false);
}

const getStyles = (theme: GrafanaTheme2) => ({
  row: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1) }),
  buttons: css({ display: 'flex', gap: theme.spacing(1), marginLeft: 'auto' }),
  quiet: css({ color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
});
