/**
 * Links into the app from places of Grafana that show series or lines: which object are they about? Loaded at Grafana's
 * own start, so it imports next to nothing.
 */
import type { DataFrame } from '@grafana/data';
import { KIND_NAMES } from '../sedna/kinds/kindNames';
import { buildLogsUrl, buildMetricsUrl, buildPodUrl, buildResourceUrl, type LinkRange } from '../platform/links/links';

type Labels = Readonly<Record<string, unknown>>;

const toText = (labels: Labels, name: string) => {
  const value = labels[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
};

/** Labels of each line, where the fields are those of lines. */
const lineLabels = (fields: DataFrame['fields']) =>
  fields.find(({ name }) => name === 'labels')?.values as readonly Labels[] | undefined;

/** Labels of the series and lines of frames, tables included. */
function labelSets(frames: readonly DataFrame[]): Labels[] {
  return frames.flatMap(({ fields, length }) => {
    const ofSeries = fields.flatMap(({ labels }) => (labels ? [labels] : []));
    const columns = fields.filter(
      ({ name, type }) => type === 'string' && /^(__name__|kind|namespace|name|pod)$/.test(name)
    );
    const ofLines = lineLabels(fields);
    const rows = Array.from({ length: columns.length > 0 || ofLines ? length : 0 }, (_, index): Labels => ({
      ...ofLines?.[index],
      ...Object.fromEntries(columns.map(({ name, values }) => [name, values[index]])),
    }));
    return [...ofSeries, ...rows];
  });
}

function buildPath(labels: Labels, span: LinkRange | undefined): string | undefined {
  const [kind, namespace, name, pod] = ['kind', 'namespace', 'name', 'pod'].map((label) => toText(labels, label));
  if (kind && namespace && name && KIND_NAMES.some((each) => each === kind)) {
    return buildResourceUrl(kind, namespace, name, undefined, { span });
  }
  return pod && namespace ? buildPodUrl(namespace, pod, span) : undefined;
}

/**
 * Where the one object that all frames are about is shown, over the time range that they are of; undefined where they
 * are about none, or about several.
 */
export function buildResourcePath(frames: readonly DataFrame[] | undefined, span?: LinkRange): string | undefined {
  const paths = new Set(labelSets(frames ?? []).flatMap((labels) => buildPath(labels, span) ?? []));
  return paths.size === 1 ? [...paths][0] : undefined;
}

/** Pods that an address names at most; of more, those of the namespace are shown. */
const MOST_PODS = 20;

/** Where lines are read: those of their pods; undefined where there are none, or not of one namespace. */
export function buildLogsPath(frames: readonly DataFrame[] | undefined, span?: LinkRange): string | undefined {
  const lines = (frames ?? []).flatMap(({ fields }) => lineLabels(fields) ?? []);
  const [namespaces, pods] = ['namespace', 'pod'].map((label) => [
    ...new Set(lines.map((labels) => toText(labels, label))),
  ]);
  const [namespace] = namespaces;
  return namespaces.length === 1 && namespace
    ? buildLogsUrl({ namespace, pods: pods.length > MOST_PODS ? [] : pods.flatMap((pod) => pod ?? []), span })
    : undefined;
}

/** Names that an address has at most; of more, all are shown. */
const MOST_NAMES = 10;

/** Where the one metric of Sedna that all series are of is shown, of the objects that they are about. */
export function buildMetricsPath(frames: readonly DataFrame[] | undefined, span?: LinkRange): string | undefined {
  const sets = labelSets(frames ?? []);
  const [metrics, kinds, namespaces, names] = ['__name__', 'kind', 'namespace', 'name'].map((label) => [
    ...new Set(sets.map((labels) => toText(labels, label))),
  ]);
  const [metric] = metrics;
  const only = <T>(values: T[]) => (values.length === 1 ? values[0] : undefined);
  return metrics.length === 1 && metric?.startsWith('sedna')
    ? buildMetricsUrl({
        metric,
        kind: KIND_NAMES.find((kind) => kind === only(kinds)),
        namespace: only(namespaces),
        name: names.length > MOST_NAMES ? [] : names.flatMap((name) => name ?? []),
        span,
      })
    : undefined;
}
