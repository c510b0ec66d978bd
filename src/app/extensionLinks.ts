/**
 * Links into the app from places of Grafana that show series or lines: which object are they about? Loaded at Grafana's
 * own start, so it imports next to nothing.
 */
import type { DataFrame } from '@grafana/data';
import { KIND_NAMES } from '../sedna/kinds';
import { logsUrl, resourcesUrl, resourceUrl } from './links';

type Labels = Readonly<Record<string, unknown>>;

const text = (labels: Labels, name: string) => {
  const value = labels[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
};

/** Labels of the series and lines of frames, tables included. */
function labelSets(frames: readonly DataFrame[]): Labels[] {
  return frames.flatMap(({ fields, length }) => {
    const ofSeries = fields.flatMap(({ labels }) => (labels ? [labels] : []));
    const columns = fields.filter(({ name, type }) => type === 'string' && /^(kind|namespace|name|pod)$/.test(name));
    const ofLines = fields.find(({ name }) => name === 'labels');
    const rows = Array.from({ length: columns.length > 0 || ofLines ? length : 0 }, (_, index): Labels => ({
      ...(ofLines?.values[index] as Labels | undefined),
      ...Object.fromEntries(columns.map(({ name, values }) => [name, values[index]])),
    }));
    return [...ofSeries, ...rows];
  });
}

/** A worker pod of Sedna's is named after its job; a pod alone does not tell of which kind that is. */
const WORKER_POD = /^(.+)-(?:train|eval|inference)-[a-z0-9]+$/;

function pathOf(labels: Labels): string | undefined {
  const [kind, namespace, name, pod] = ['kind', 'namespace', 'name', 'pod'].map((label) => text(labels, label));
  if (kind && namespace && name && KIND_NAMES.some((each) => each === kind)) {
    return resourceUrl(kind, namespace, name);
  }
  if (!pod || !namespace) {
    return undefined;
  }
  const job = WORKER_POD.exec(pod)?.[1];
  return job ? resourcesUrl({ namespace, text: job }) : logsUrl({ namespace, pods: [pod] });
}

/** Where the one object that all frames are about is shown; undefined where they are about none, or about several. */
export function pathOfFrames(frames: readonly DataFrame[] | undefined): string | undefined {
  const paths = new Set(labelSets(frames ?? []).flatMap((labels) => pathOf(labels) ?? []));
  return paths.size === 1 ? [...paths][0] : undefined;
}
