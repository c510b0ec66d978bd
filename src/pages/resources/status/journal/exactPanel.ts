import type { TimeRange } from '@grafana/data';
import type { VizPanel } from '@grafana/scenes';
import { buildExactTimeline, updateExactTimeline } from '../../../../panels/history/exactTimeline';
import { t } from '../../../../platform/i18n';
import { findKind } from '../../../../sedna/kinds';
import { getConditionTime, toHistoryFromJournal, type ObjectLife } from '../../../../sedna/journal';
import { buildLogsUrl, getTimelineLinkTitle, runLogsUrlAt } from '../logLinks';

/**
 * Returns the panel with the states of an object at their exact times.
 * @param known - the panel of an earlier call, which is updated
 */
export function toExactPanel(known: VizPanel | undefined, life: ObjectLife, timeRange: TimeRange): VizPanel {
  const data = { life, timeRange, urlAt: (time: number) => logsUrlAt(life, timeRange.to.valueOf() / 1000, time) };
  if (known) {
    updateExactTimeline(known, data);
    return known;
  }
  const title = t('resource.timeline.title', 'State over time');
  return buildExactTimeline(title, getTimelineLinkTitle(life.ref.kind), data);
}

/**
 * Builds the link to the lines of the stage, or of the state for kinds without stages.
 * @param now - Unix time in seconds
 * @param time - Unix time in milliseconds
 */
function logsUrlAt(life: ObjectLife, now: number, time: number): string {
  const { ref } = life;
  const seconds = time / 1000;
  if (findKind(ref.kind)?.staged) {
    const runs = toHistoryFromJournal(life).rounds.flatMap(({ stages }) => stages);
    return runLogsUrlAt(ref, runs, now, seconds);
  }
  const times = life.conditions.flatMap((each) => getConditionTime(each) ?? []);
  const start = times.filter((each) => each <= seconds).at(-1) ?? seconds;
  const end = times.find((each) => each > seconds) ?? life.deleted ?? now;
  return buildLogsUrl(ref, start, Math.max(seconds, end));
}
