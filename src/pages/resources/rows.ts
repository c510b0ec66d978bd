/** Rows of the resource list, from the answers of its queries. */
import type { PanelData } from '@grafana/data';
import type { KindName } from '../../sedna/kinds';
import { distinctObjects, objectKey, rowsByKey, rowsOf } from '../../scenes/rows';

export interface ResourceRow {
  namespace: string;
  name: string;
  stage: string;
  condition: string;
  /** Unix time in seconds of the newest condition, or of the last report. */
  since?: number;
  samples?: number;
  url?: string;
  format?: string;
  dataset?: string;
}

/** Kinds that the collection covers; the list says of the others that they are not collected. */
export const COLLECTED_KINDS: readonly KindName[] = ['LifelongLearningJob', 'Dataset', 'Model'];

/** One row an object that exists, whether or not it has a status; by namespace, then name. */
export function resourceRows(data: PanelData | undefined): ResourceRow[] {
  const conditions = rowsByKey(rowsOf(data, 'condition'), objectKey);
  const since = rowsByKey(rowsOf(data, 'since'), objectKey);
  const samples = rowsByKey(rowsOf(data, 'samples'), objectKey);
  return distinctObjects(rowsOf(data, 'info'))
    .map(({ labels }) => {
      const key = objectKey(labels);
      const { stage = '', condition = '' } = conditions.get(key)?.labels ?? {};
      const { namespace, name, url, format, dataset } = labels;
      return {
        namespace,
        name,
        stage,
        condition,
        since: since.get(key)?.value,
        samples: samples.get(key)?.value,
        url,
        format,
        dataset,
      };
    })
    .sort((a, b) => a.namespace.localeCompare(b.namespace) || a.name.localeCompare(b.name));
}

/** Narrows by namespace and by a part of the name, whatever its case. */
export function narrow(rows: readonly ResourceRow[], namespace: string, text: string): ResourceRow[] {
  const wanted = text.trim().toLowerCase();
  return rows.filter(
    (row) => (namespace === '' || row.namespace === namespace) && row.name.toLowerCase().includes(wanted)
  );
}
