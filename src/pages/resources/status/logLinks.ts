/** Builds links from a stage or a state to the log lines of its time. */
import type { PanelData } from '@grafana/data';
import { buildResourceUrl } from '../../../platform/links/links';
import type { ObjectRef } from '../../../sedna/objectRef';
import { toSeries } from '../../../data/series';
import type { StageRun } from '../../../sedna/conditions';
import { findKind, type KindName, type Stage } from '../../../sedna/kinds';
import { t } from '../../../platform/i18n';
import { toRoundStats, LOG_PADDING_MS, toConditionSamples } from '../../../data/rounds/roundHistory';

/** Builds the link to the lines of an object, or of one stage, between two Unix times in seconds. */
export const buildLogsUrl = ({ kind, namespace, name }: ObjectRef, from: number, to: number, stage?: Stage) =>
  buildResourceUrl(kind, namespace, name, 'logs', {
    stage,
    span: { from: from * 1000 - LOG_PADDING_MS, to: to * 1000 + LOG_PADDING_MS },
  });

/**
 * Builds the link to the lines of a stage. Returns undefined if its start is not recorded.
 * @param now Unix time in seconds, the end of a stage in progress
 */
export const stageLogsUrl = (ref: ObjectRef, { stage, start, end }: StageRun, now: number): string | undefined =>
  start === undefined ? undefined : buildLogsUrl(ref, start, end ?? now, stage);

/** Returns what a link from a state says. */
export const getTimelineLinkTitle = (kind: KindName) =>
  findKind(kind)?.staged
    ? t('resource.timeline.stage-logs', 'the logs of this stage')
    : t('resource.timeline.state-logs', 'the logs of this state');

/** Returns start and end of the state that an object had at a time; all Unix times in seconds. */
function getStateRange(data: PanelData | undefined, time: number): [from: number, to: number] {
  const samples = toConditionSamples(toSeries(data, 'condition')).sort((a, b) => a.time - b.time);
  const past = samples.filter((sample) => sample.time <= time).reverse();
  if (past.length === 0) {
    return [time, time];
  }
  const isOther = ({ condition }: (typeof samples)[number]) => condition !== past[0].condition;
  const before = past.findIndex(isOther);
  const first = past[(before < 0 ? past.length : before) - 1];
  const next = samples.find((sample) => sample.time > time && isOther(sample)) ?? samples[samples.length - 1];
  return [first.time, next.time];
}

/**
 * Builds the link to the lines of the stage, or of the state for kinds without stages, at a time in the panel.
 * @param time Unix time in milliseconds
 */
export function logsUrlAt(ref: ObjectRef, data: PanelData | undefined, time: number): string {
  const seconds = time / 1000;
  if (!findKind(ref.kind)?.staged) {
    return buildLogsUrl(ref, ...getStateRange(data, seconds));
  }
  const now = (data?.timeRange?.to.valueOf() ?? time) / 1000;
  const runs = toRoundStats(data).flatMap(({ round }) => round.stages);
  return runLogsUrlAt(ref, runs, now, seconds);
}

/** Builds the link to the lines of the last stage that began before a time, all in seconds. */
export function runLogsUrlAt(ref: ObjectRef, runs: readonly StageRun[], now: number, seconds: number): string {
  const [run] = runs.filter(({ start = 0 }) => start <= seconds).sort((a, b) => (b.start ?? 0) - (a.start ?? 0));
  return (run && stageLogsUrl(ref, run, now)) ?? buildLogsUrl(ref, seconds, seconds);
}
