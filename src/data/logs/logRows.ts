/** From Loki's frames to plain lines. Imports types only, so that it runs where no browser is. */
import type { DataFrame, PanelData } from '@grafana/data';
import type { LogRow } from '../../sedna/diagnosis';

const isObject = (value: unknown): value is Record<string, string> => typeof value === 'object' && value !== null;

function getLabels(value: unknown): Record<string, string> {
  try {
    const read: unknown = typeof value === 'string' ? JSON.parse(value) : value;
    return isObject(read) ? read : {};
  } catch {
    return {};
  }
}

function rowsOfFrame(frame: DataFrame): LogRow[] {
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

/** Lines of all frames that have any. */
export const toLogLines = (frames: readonly DataFrame[]): LogRow[] => frames.flatMap(rowsOfFrame);

/** Lines of a Loki query; empty while there is no answer. */
export const toLogRows = (data: PanelData | undefined, refId: string): LogRow[] =>
  toLogLines((data?.series ?? []).filter((frame) => frame.refId === refId));
