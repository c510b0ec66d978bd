/**
 * What this cluster's log collector calls pods and the like: as the administrator set it, or as the labels of Loki's
 * streams tell.
 */
import { currentSettings } from '../app/currentSettings';
import { LOG_LABEL_CHOICES, logLabelNames, STREAM_LABELS, type LogLabelNames } from '../query/logLabels';
import { lokiResource, toNanoseconds } from './lokiApi';
import { dataSourceRef } from './queries';

/** By the data source that was asked; for as long as the browser's tab holds the app. */
const found = new Map<string, LogLabelNames>();
const asking = new Map<string, Promise<void>>();

/** Nobody waits longer than this (ms) to learn them; most clusters have the usual ones. */
const PATIENCE = 1500;

/** How far back labels are looked for (ms). */
const LOOK_BACK = 24 * 3_600_000;

/** The names to build queries with. */
export function currentLogLabels(): LogLabelNames {
  const { logLabels } = currentSettings();
  return logLabels ? LOG_LABEL_CHOICES[logLabels] : (found.get(dataSourceRef('loki').uid) ?? STREAM_LABELS);
}

/**
 * What the labels of the streams of a Loki tell.
 * @returns undefined where it has no lines, which tells nothing
 * @throws as `lokiResource`
 */
export async function detectLogLabels(uid: string, signal: AbortSignal): Promise<LogLabelNames | undefined> {
  const now = Date.now();
  const { data = [] } = await lokiResource<{ data?: string[] }>(
    'labels',
    { start: String(toNanoseconds(now - LOOK_BACK)), end: String(toNanoseconds(now)) },
    signal,
    { uid }
  );
  return data.length > 0 ? logLabelNames(data) : undefined;
}

async function learn(uid: string): Promise<void> {
  const names = await detectLogLabels(uid, AbortSignal.timeout(PATIENCE));
  // A Loki without lines is asked again.
  if (names) {
    found.set(uid, names);
  }
}

/**
 * Runs what builds queries for lines: at once where the names are known, else when they are or cannot be learned soon.
 * Whatever is wrong with Loki, the queries say it.
 */
export function withLogLabels(build: () => void): void {
  const { uid } = dataSourceRef('loki');
  if (uid === '' || currentSettings().logLabels !== undefined || found.has(uid)) {
    build();
    return;
  }
  const asked = asking.get(uid) ?? learn(uid).catch(() => undefined);
  asking.set(uid, asked);
  asked.finally(() => {
    asking.delete(uid);
    build();
  });
}
