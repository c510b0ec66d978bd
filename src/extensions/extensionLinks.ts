/** Paths in the app for the series and log lines of Explore and panels. Loaded when Grafana starts: import little. */
import type { DataFrame } from '@grafana/data';
import { KIND_NAMES } from '../sedna/kinds/kindNames';
import { buildLogsUrl, buildMetricsUrl, buildPodUrl, buildResourceUrl, type LinkRange } from '../platform/links/links';

type Labels = Readonly<Record<string, unknown>>;

const toText = (labels: Labels, name: string) => {
  const value = labels[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
};

/** Returns the labels of each log line; undefined if the fields aren't those of log lines. */
const getLineLabels = (fields: DataFrame['fields']) =>
  fields.find(({ name }) => name === 'labels')?.values as readonly Labels[] | undefined;

/** Returns the labels of each series, table row, and log line. */
function getLabelSets(frames: readonly DataFrame[]): Labels[] {
  return frames.flatMap(({ fields, length }) => {
    const seriesLabels = fields.flatMap(({ labels }) => (labels ? [labels] : []));
    const columns = fields.filter(
      ({ name, type }) => type === 'string' && /^(__name__|kind|namespace|name|pod)$/.test(name)
    );
    const lineLabels = getLineLabels(fields);
    const rows = Array.from({ length: columns.length > 0 || lineLabels ? length : 0 }, (_, index): Labels => ({
      ...lineLabels?.[index],
      ...Object.fromEntries(columns.map(({ name, values }) => [name, values[index]])),
    }));
    return [...seriesLabels, ...rows];
  });
}

function buildPath(labels: Labels, span: LinkRange | undefined): string | undefined {
  const [kind, namespace, name, pod] = ['kind', 'namespace', 'name', 'pod'].map((label) => toText(labels, label));
  if (kind && namespace && name && KIND_NAMES.some((each) => each === kind)) {
    return buildResourceUrl(kind, namespace, name, undefined, { span });
  }
  return pod && namespace ? buildPodUrl(namespace, pod, span) : undefined;
}

/** Returns the path of the object that all frames belong to; undefined if they belong to none or several. */
export function buildResourcePath(frames: readonly DataFrame[] | undefined, span?: LinkRange): string | undefined {
  const paths = new Set(getLabelSets(frames ?? []).flatMap((labels) => buildPath(labels, span) ?? []));
  return paths.size === 1 ? [...paths][0] : undefined;
}

/** With more pods, the link opens the logs of their namespace. */
const MAX_PODS = 20;

/** Returns the path of the logs of the pods; undefined without log lines or if they are from several namespaces. */
export function buildLogsPath(frames: readonly DataFrame[] | undefined, span?: LinkRange): string | undefined {
  const lines = (frames ?? []).flatMap(({ fields }) => getLineLabels(fields) ?? []);
  const [namespaces, pods] = ['namespace', 'pod'].map((label) => [
    ...new Set(lines.map((labels) => toText(labels, label))),
  ]);
  const [namespace] = namespaces;
  return namespaces.length === 1 && namespace
    ? buildLogsUrl({ namespace, pods: pods.length > MAX_PODS ? [] : pods.flatMap((pod) => pod ?? []), span })
    : undefined;
}

/** With more names, the link opens the metric of all objects. */
const MAX_NAMES = 10;

/** Returns the path of the Sedna metric of all series, for their objects; undefined if they have several metrics. */
export function buildMetricsPath(frames: readonly DataFrame[] | undefined, span?: LinkRange): string | undefined {
  const sets = getLabelSets(frames ?? []);
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
        name: names.length > MAX_NAMES ? [] : names.flatMap((name) => name ?? []),
        span,
      })
    : undefined;
}
