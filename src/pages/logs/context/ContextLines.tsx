import React, { useEffect, useRef } from 'react';
import { css, cx } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
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
import { useLogContext, type SideName } from './useLogContext';
import { TEST_IDS } from '../../../ui/testIds';
import { t } from '../../../platform/i18n';

interface Props {
  line: LogEntry;
  timeZone: TimeZone;
  scope: ContextScope;
  /** Otherwise times end with milliseconds. */
  showsNanoseconds: boolean;
}

const formatTime = (time: bigint, timeZone: TimeZone) =>
  dateTimeFormat(toMilliseconds(time), { defaultWithMS: true, timeZone });

/** A line among the lines of its scope, oldest first. */
export function ContextLines({ line, timeZone, scope, showsNanoseconds }: Props) {
  const { first, sides, more, fetchMore } = useLogContext(
    line,
    contextLines(scope, parseLogOrigin(line.labels), getCurrentLogLabels())
  );
  const styles = useStyles2(getStyles);
  if (first.state === 'failed') {
    return <QueryErrorAlert error={first.error} source={getDataSourceName('loki')} />;
  }
  if (!sides) {
    return <LoadingIndicator source={getDataSourceName('loki')} />;
  }
  const before = [...sides.before.entries].reverse();
  const entries = [...before, line, ...sides.after.entries];
  const renderEdge = (side: SideName) => (
    <Edge
      side={side}
      isEmpty={sides[side].entries.length === 0}
      fetchedTo={formatTime(sides[side].edge, timeZone)}
      isLoading={more.loading === side}
      isDisabled={more.loading !== undefined}
      onMore={() => fetchMore(side)}
    />
  );
  const renderError = (side: SideName) =>
    more.failed?.side === side && <QueryErrorAlert error={more.failed.error} source={getDataSourceName('loki')} />;
  return (
    <div>
      <ClipboardButton size="sm" variant="secondary" icon="copy" getText={() => entries.map(formatLogEntry).join('')}>
        {t('logs.context.copy', 'Copy')}
      </ClipboardButton>
      {renderError('before')}
      {renderEdge('before')}
      <ol className={styles.lines} data-testid={TEST_IDS.logs.context}>
        {entries.map((entry, index) => (
          // Keys count from the line itself, so that earlier lines don't change the keys of those on screen.
          <Row key={index - before.length} {...{ entry, timeZone, scope, showsNanoseconds }} isSelf={entry === line} />
        ))}
      </ol>
      {renderEdge('after')}
      {renderError('after')}
    </div>
  );
}

interface EdgeProps {
  side: SideName;
  isEmpty: boolean;
  fetchedTo: string;
  isLoading: boolean;
  isDisabled: boolean;
  onMore: () => void;
}

/** Button that fetches more lines of a side; of an empty side it also says which time was searched. */
function Edge({ side, isEmpty, fetchedTo, isLoading, isDisabled, onMore }: EdgeProps) {
  const params = { time: fetchedTo };
  return (
    <div>
      <Button
        size="sm"
        fill="text"
        icon={isLoading ? 'spinner' : side === 'before' ? 'arrow-up' : 'arrow-down'}
        disabled={isDisabled}
        onClick={onMore}
      >
        {side === 'before' ? t('logs.context.earlier', 'Earlier lines') : t('logs.context.later', 'Later lines')}
      </Button>
      {isEmpty && (
        <Text color="secondary" variant="bodySmall">
          {side === 'before'
            ? t('logs.context.none-before', 'No lines since {{time}}', params)
            : t('logs.context.none-after', 'No lines until {{time}}', params)}
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
        {formatTime(time, timeZone)}
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
