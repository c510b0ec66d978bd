import { sceneGraph } from '@grafana/scenes';
import { buildExactTimeline, updateExactTimeline } from '../../../../panels/history/exactTimeline';
import { t } from '../../../../platform/i18n';
import { findKind } from '../../../../sedna/kinds';
import { getConditionTime, toHistoryFromJournal, type ObjectLife } from '../../../../sedna/journal';
import { buildLogsUrl, getTimelineLinkTitle, runLogsUrlAt } from '../logLinks';
import type { StatusHistoryScene } from '../StatusHistoryScene';

/** Shows the states of an object with their exact times in the panel; without an object, those from scraped metrics. */
export function showExactStates(scene: StatusHistoryScene, life: ObjectLife | undefined): void {
  const { exactPanel } = scene.state;
  const timeRange = sceneGraph.getTimeRange(scene).state.value;
  if (!life) {
    scene.setState({ exactPanel: undefined });
    return;
  }
  const data = { life, timeRange, urlAt: (time: number) => logsUrlAt(life, timeRange.to.valueOf() / 1000, time) };
  if (exactPanel) {
    updateExactTimeline(exactPanel, data);
  } else {
    const title = t('resource.timeline.title', 'State over time');
    scene.setState({ exactPanel: buildExactTimeline(title, getTimelineLinkTitle(life.ref.kind), data) });
  }
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
