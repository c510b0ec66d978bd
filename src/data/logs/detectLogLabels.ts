/** Log labels of the cluster's log collector: from the settings, or detected from the stream labels of Loki. */
import { isEqual } from 'lodash';
import { getCurrentSettings } from '../../platform/settings/currentSettings';
import {
  findNamespaceLabels,
  getAllNames,
  getLogLabelNames,
  LOG_LABEL_CHOICES,
  LOG_LABELS,
  STREAM_LABELS,
  type LogLabelNames,
} from '../../query/logs/logLabels';
import { fetchLokiResource, toNanoseconds } from './lokiApi';
import { getDataSourceRef } from '../../platform/dataSources';

/** Detected labels by uid of the data source. */
const detected = new Map<string, LogLabelNames>();
const pending = new Map<string, Promise<boolean>>();

/** Queries wait this long for the detection, then use the default labels, which fit most clusters. */
const DETECTION_TIMEOUT_MS = 1500;

const LOOKBACK_MS = 24 * 3_600_000;

/** Returns the labels to build queries with: configured, detected, or the defaults. */
export function getCurrentLogLabels(): LogLabelNames {
  const { logLabels } = getCurrentSettings();
  return logLabels ? LOG_LABEL_CHOICES[logLabels] : (detected.get(getDataSourceRef('loki').uid) ?? STREAM_LABELS);
}

/**
 * Detects the labels from the stream labels of the last day.
 * @returns undefined if Loki has no logs
 * @throws FetchError
 */
export async function detectLogLabels(uid: string, signal: AbortSignal): Promise<LogLabelNames | undefined> {
  const now = Date.now();
  const { data = [] } = await fetchLokiResource<{ data?: string[] }>(
    'labels',
    { start: String(toNanoseconds(now - LOOKBACK_MS)), end: String(toNanoseconds(now)) },
    signal,
    { uid }
  );
  return data.length > 0 ? getLogLabelNames(data, await findSharedLabel(uid, data, signal)) : undefined;
}

/** Labels that collectors, or Loki itself (`service_name`), give to all streams. */
const SHARED_LABELS = ['service_name', 'job', 'cluster', 'stream'];

/** Returns a label that the streams of all collectors have; undefined if there is only one, or no such label. */
async function findSharedLabel(
  uid: string,
  streamLabels: readonly string[],
  signal: AbortSignal
): Promise<string | undefined> {
  const namespaceLabels = findNamespaceLabels(streamLabels);
  if (namespaceLabels.length < 2) {
    return undefined;
  }
  const now = Date.now();
  const hasAll = async (shared: string) => {
    const counts = await Promise.all(
      namespaceLabels.map((label) =>
        fetchLokiResource<{ streams?: number }>(
          'index/stats',
          {
            query: `{${label}=~".+", ${shared}=""}`,
            start: String(toNanoseconds(now - LOOKBACK_MS)),
            end: String(toNanoseconds(now)),
          },
          signal,
          { uid }
        )
      )
    );
    return counts.every(({ streams }) => streams === 0);
  };
  for (const shared of SHARED_LABELS.filter((label) => streamLabels.includes(label))) {
    if (await hasAll(shared)) {
      return shared;
    }
  }
  return undefined;
}

/** Returns the key in the browser's storage. */
const getStorageKey = (uid: string) => `kubeedge-sedna-app.log-labels.${uid}`;

/** Returns the labels of the last visit; undefined without one, or if the stored value isn't valid. */
function loadStored(uid: string): LogLabelNames | undefined {
  try {
    const stored = JSON.parse(localStorage.getItem(getStorageKey(uid)) ?? '') as
      unknown[] | { labels?: unknown; shared?: unknown } | null;
    const [labels, shared] = Array.isArray(stored) ? [stored, undefined] : [stored?.labels, stored?.shared];
    return Array.isArray(labels)
      ? getLogLabelNames(labels, typeof shared === 'string' ? shared : undefined)
      : undefined;
  } catch {
    return undefined;
  }
}

function store(uid: string, names: LogLabelNames): void {
  detected.set(uid, names);
  try {
    const labels = LOG_LABELS.flatMap((label) => getAllNames(label, names))
      .filter(({ isMetadata }) => !isMetadata)
      .map(({ name }) => name);
    localStorage.setItem(getStorageKey(uid), JSON.stringify(names.shared ? { labels, shared: names.shared } : labels));
  } catch {
    // Without storage, the next visit detects them again.
  }
}

/** Detects and stores the labels; returns whether they changed. */
async function refresh(uid: string): Promise<boolean> {
  const names = await detectLogLabels(uid, AbortSignal.timeout(DETECTION_TIMEOUT_MS));
  const isNew = names !== undefined && !isEqual(names, detected.get(uid));
  if (names) {
    store(uid, names);
  }
  return isNew;
}

/**
 * Calls `build` as soon as the log labels are known: immediately if they are configured, detected, or stored, else after
 * the detection or its timeout. Calls it again if they changed since the last visit. Ignores errors of Loki, because the
 * queries show them.
 */
export function withLogLabels(build: () => void): void {
  const { uid } = getDataSourceRef('loki');
  if (uid === '' || getCurrentSettings().logLabels !== undefined || detected.has(uid)) {
    build();
    return;
  }
  const last = loadStored(uid);
  const detection = pending.get(uid) ?? refresh(uid).catch(() => last === undefined);
  pending.set(uid, detection);
  if (last) {
    detected.set(uid, last);
    build();
  }
  detection.then((isNew) => {
    pending.delete(uid);
    if (!last || isNew) {
      build();
    }
  });
}
