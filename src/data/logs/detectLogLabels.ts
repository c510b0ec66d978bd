/**
 * What this cluster's log collector calls pods and the like: as the administrator set it, or as the labels of Loki's
 * streams tell.
 */
import { isEqual } from 'lodash';
import { getCurrentSettings } from '../../platform/settings/currentSettings';
import { LOG_LABEL_CHOICES, getLogLabelNames, STREAM_LABELS, type LogLabelNames } from '../../query/logs/logLabels';
import { fetchLokiResource, toNanoseconds } from './lokiApi';
import { getDataSourceRef } from '../../platform/dataSources';

/** By the data source that was asked; for as long as the browser's tab holds the app. */
const found = new Map<string, LogLabelNames>();
const asking = new Map<string, Promise<boolean>>();

/** Nobody waits longer than this (ms) to learn them; most clusters have the usual ones. */
const PATIENCE = 1500;

/** How far back labels are looked for (ms). */
const LOOK_BACK = 24 * 3_600_000;

/** The names to build queries with. */
export function getCurrentLogLabels(): LogLabelNames {
  const { logLabels } = getCurrentSettings();
  return logLabels ? LOG_LABEL_CHOICES[logLabels] : (found.get(getDataSourceRef('loki').uid) ?? STREAM_LABELS);
}

/**
 * What the labels of the streams of a Loki tell.
 * @returns undefined where it has no lines, which tells nothing
 * @throws as `lokiResource`
 */
export async function detectLogLabels(uid: string, signal: AbortSignal): Promise<LogLabelNames | undefined> {
  const now = Date.now();
  const { data = [] } = await fetchLokiResource<{ data?: string[] }>(
    'labels',
    { start: String(toNanoseconds(now - LOOK_BACK)), end: String(toNanoseconds(now)) },
    signal,
    { uid }
  );
  return data.length > 0 ? getLogLabelNames(data) : undefined;
}

/** Where the browser keeps the labels of a Loki from one visit to the next. */
const storageKey = (uid: string) => `kubeedge-sedna-app.log-labels.${uid}`;

/** Names as they were at the last visit; undefined where there was none, or what is kept is none of ours. */
function remembered(uid: string): LogLabelNames | undefined {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(storageKey(uid)) ?? '');
    return Array.isArray(kept) ? getLogLabelNames(kept) : undefined;
  } catch {
    return undefined;
  }
}

function remember(uid: string, names: LogLabelNames): void {
  found.set(uid, names);
  try {
    const ofStreams = Object.values(names).filter(({ isMetadata }) => !isMetadata);
    localStorage.setItem(storageKey(uid), JSON.stringify(ofStreams.map(({ name }) => name)));
  } catch {
    // Without storage it is asked for at the next visit.
  }
}

/** Whether the names are others than before. */
async function learn(uid: string): Promise<boolean> {
  const names = await detectLogLabels(uid, AbortSignal.timeout(PATIENCE));
  // A Loki without lines is asked again.
  const isNew = names !== undefined && !isEqual(names, found.get(uid));
  if (names) {
    remember(uid, names);
  }
  return isNew;
}

/**
 * Runs what builds queries for lines: at once where the names are known or remembered, else when they are or cannot be
 * learned soon; again where they are found to have changed since the last visit. Whatever is wrong with Loki, the
 * queries say it.
 */
export function withLogLabels(build: () => void): void {
  const { uid } = getDataSourceRef('loki');
  if (uid === '' || getCurrentSettings().logLabels !== undefined || found.has(uid)) {
    build();
    return;
  }
  const last = remembered(uid);
  const asked = asking.get(uid) ?? learn(uid).catch(() => last === undefined);
  asking.set(uid, asked);
  if (last) {
    found.set(uid, last);
    build();
  }
  asked.then((isNew) => {
    asking.delete(uid);
    if (!last || isNew) {
      build();
    }
  });
}
