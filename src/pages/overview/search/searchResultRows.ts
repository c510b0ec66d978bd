import type { PanelData } from '@grafana/data';
import { buildLogsUrl, buildResourceUrl } from '../../../platform/links/links';
import { deduplicateObjects, indexRows, toRows } from '../../../data/rows';
import { t } from '../../../platform/i18n';

interface SearchResult {
  key: string;
  href: string;
  name: string;
  /** Kind, namespace, and node, as far as they are known. */
  note: string;
}

/** Returns resources, then pods; each once, also if several scrapes report it. */
export function toSearchResults(data: PanelData | undefined): SearchResult[] {
  const rows = toRows(data, 'found');
  const objects = deduplicateObjects(rows.filter(({ labels }) => !labels.pod)).map(
    ({ labels: { kind, namespace, name } }) => ({
      key: `${kind}/${namespace}/${name}`,
      href: buildResourceUrl(kind, namespace, name),
      name,
      note: `${kind} · ${namespace}`,
    })
  );
  const pods = indexRows(
    rows.filter(({ labels }) => labels.pod),
    ({ namespace, pod }) => `${namespace}/${pod}`
  );
  return [
    ...objects,
    ...[...pods.values()].map(({ labels: { namespace, pod, node } }) => ({
      key: `pod/${namespace}/${pod}`,
      href: buildLogsUrl({ namespace, pods: [pod] }),
      name: pod,
      note: [t('overview.search.pod', 'Pod'), namespace, node].filter(Boolean).join(' · '),
    })),
  ];
}
