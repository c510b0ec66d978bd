import React, { useEffect, useRef } from 'react';
import { css, cx } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import type { TimeZone } from '@grafana/schema';
import { Button, ClipboardButton, Text, useStyles2, useTheme2 } from '@grafana/ui';
import { QueryErrorAlert } from '../../../ui/feedback/QueryErrorAlert';
import { LoadingIndicator } from '../../../ui/feedback/LoadingIndicator';
import { contextLines, type ContextScope } from '../../../query/logs/logContext';
import { LEVEL_LABEL } from '../../../query/logs/logql';
import { getNanosecondRemainder, toMilliseconds, type LogEntry } from '../../../data/logs/logEntries';
import { formatLogEntry } from '../../../data/logs/formatLogEntry';
import { getCurrentLogLabels } from '../../../data/logs/detectLogLabels';
import { getDataSourceName } from '../../../panels/page/createPageScene';
import { LEVEL_COLORS } from '../../../sedna/stateColors';
import { LOG_LEVELS, parseLogOrigin } from '../../../sedna/logs';
import { useContextLines, type SideName } from './useContextLines';

interface Props {
  line: LogEntry;
  timeZone: TimeZone;
  scope: ContextScope;
  /** Milliseconds otherwise. */
  showsNanoseconds: boolean;
}

const timeText = (time: bigint, timeZone: TimeZone) =>
  dateTimeFormat(toMilliseconds(time), { defaultWithMS: true, timeZone });

/** A line among those of its scope, oldest first. */
export function ContextLines({ line, timeZone, scope, showsNanoseconds }: Props) {
  const { first, sides, more, readMore } = useContextLines(
    line,
    contextLines(scope, parseLogOrigin(line.labels), getCurrentLogLabels())
  );
  const styles = useStyles2(getStyles);
  if (first.state === 'error') {
    return <QueryErrorAlert error={first.error} source={getDataSourceName('loki')} />;
  }
  if (!sides) {
    return <LoadingIndicator source={getDataSourceName('loki')} />;
  }
  const before = [...sides.before.entries].reverse();
  const entries = [...before, line, ...sides.after.entries];
  const edge = (side: SideName) => (
    <Edge
      side={side}
      isEmpty={sides[side].entries.length === 0}
      readTo={timeText(sides[side].edge, timeZone)}
      isReading={more.reading === side}
      isDisabled={more.reading !== undefined}
      onMore={() => readMore(side)}
    />
  );
  const failure = (side: SideName) =>
    more.failed?.side === side && <QueryErrorAlert error={more.failed.error} source={getDataSourceName('loki')} />;
  return (
    <div>
      <ClipboardButton size="sm" variant="secondary" icon="copy" getText={() => entries.map(formatLogEntry).join('')}>
        {t('logs.context.copy', 'Copy')}
      </ClipboardButton>
      {failure('before')}
      {edge('before')}
      <ol className={styles.lines} data-testid="logs-context">
        {entries.map((entry, index) => (
          // Lines stand at a steady distance from the line itself.
          <Row key={index - before.length} {...{ entry, timeZone, scope, showsNanoseconds }} isSelf={entry === line} />
        ))}
      </ol>
      {edge('after')}
      {failure('after')}
    </div>
  );
}

interface EdgeProps {
  side: SideName;
  isEmpty: boolean;
  readTo: string;
  isReading: boolean;
  isDisabled: boolean;
  onMore: () => void;
}

/** One end of the lines: how far was looked, and the way on. */
function Edge({ side, isEmpty, readTo, isReading, isDisabled, onMore }: EdgeProps) {
  const time = { time: readTo, interpolation: { escapeValue: false } };
  return (
    <div>
      <Button
        size="sm"
        fill="text"
        icon={isReading ? 'spinner' : side === 'before' ? 'arrow-up' : 'arrow-down'}
        disabled={isDisabled}
        onClick={onMore}
      >
        {side === 'before' ? t('logs.context.earlier', 'Earlier lines') : t('logs.context.later', 'Later lines')}
      </Button>
      {isEmpty && (
        <Text color="secondary" variant="bodySmall">
          {side === 'before'
            ? t('logs.context.none-before', 'None back to {{time}}', time)
            : t('logs.context.none-after', 'None until {{time}}', time)}
        </Text>
      )}
    </div>
  );
}

interface RowProps extends Omit<Props, 'line'> {
  entry: LogEntry;
  isSelf: boolean;
}

function Row({ entry: { time, text, labels }, timeZone, scope, showsNanoseconds, isSelf }: RowProps) {
  const theme = useTheme2();
  const styles = useStyles2(getStyles);
  const ref = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isSelf) {
      ref.current?.scrollIntoView({ block: 'center' });
    }
  }, [isSelf]);
  const { pod, container } = parseLogOrigin(labels);
  const level = LOG_LEVELS.find((each) => each === labels[LEVEL_LABEL]) ?? 'unknown';
  const color =
    level === 'unknown' ? theme.colors.border.medium : theme.visualization.getColorByName(LEVEL_COLORS[level]);
  const isOnePod = scope === 'container' || scope === 'pod';
  return (
    <li
      ref={ref}
      className={cx(styles.line, isSelf && styles.self)}
      style={{ borderLeftColor: color }}
      aria-current={isSelf || undefined}
    >
      <span className={styles.origin}>
        {timeText(time, timeZone)}
        {showsNanoseconds && getNanosecondRemainder(time)} {!isOnePod && pod} {scope !== 'container' && container}
      </span>{' '}
      {text}
    </li>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  lines: css({
    listStyle: 'none',
    fontFamily: theme.typography.fontFamilyMonospace,
    fontSize: theme.typography.bodySmall.fontSize,
  }),
  line: css({
    borderLeft: '3px solid',
    padding: theme.spacing(0.25, 1),
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  }),
  self: css({ background: theme.colors.action.selected }),
  origin: css({ color: theme.colors.text.secondary }),
});
