/** Converts Loki's frames to plain rows. Imports types only, so that it runs without a browser. */
import type { DataFrame, PanelData } from '@grafana/data';
import type { LogRow } from '../../sedna/diagnosis';

const isObject = (value: unknown): value is Record<string, string> => typeof value === 'object' && value !== null;

function getLabels(value: unknown): Record<string, string> {
  try {
    const labels: unknown = typeof value === 'string' ? JSON.parse(value) : value;
    return isObject(labels) ? labels : {};
  } catch {
    return {};
  }
}

function toFrameRows(frame: DataFrame): LogRow[] {
  const time = frame.fields.find(({ type }) => type === 'time');
  const line = frame.fields.find(({ name, type }) => type === 'string' && (name === 'Line' || name === 'body'));
  const labels = frame.fields.find(({ name }) => name === 'labels');
  if (!time || !line) {
    return [];
  }
  return Array.from({ length: frame.length }, (_, index) => ({
    time: time.values[index],
    text: String(line.values[index] ?? ''),
    labels: labels ? getLabels(labels.values[index]) : (line.labels ?? {}),
  }));
}

/** Returns the lines of all frames; none of a frame without a time and a line field. */
export const toLogLines = (frames: readonly DataFrame[]): LogRow[] => frames.flatMap(toFrameRows);

/** Returns the lines of a query; none before its response. */
export const toLogRows = (data: PanelData | undefined, refId: string): LogRow[] =>
  toLogLines((data?.series ?? []).filter((frame) => frame.refId === refId));
