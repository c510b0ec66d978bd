import { STREAM_LABELS } from './logLabels';
import { logLines, type LogSelection } from './logql';

/**
 * Counts all lines of a selection.
 * @param range - a Loki duration, or Grafana's `$__auto`
 */
export const logCount = (selection: LogSelection, range = '$__auto', names = STREAM_LABELS): string =>
  `sum(count_over_time(${logLines(selection, names)} [${range}]))`;
