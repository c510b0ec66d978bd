/** Which silent node reports on an object, from the answer to `silentReporters`. */
import type { ReportedState } from '../sedna/staleness';
import { getKindKey, indexRows, type Row } from './rows';

type OfflineNode = NonNullable<ReportedState['offlineNode']>;

interface OfflineNodes {
  /** The one that reports on the object itself. */
  forObject(object: Row['labels']): OfflineNode | undefined;
  /** Also the one of its dataset, by the label `dataset` where the object has it: a job goes by both. */
  forObjectOrDataset(object: Row['labels']): OfflineNode | undefined;
}

export function indexOfflineNodes(silent: readonly Row[]): OfflineNodes {
  const rows = indexRows(silent, getKindKey);
  const of = (object: Row['labels']) => {
    const row = rows.get(getKindKey(object));
    return row && { node: row.labels.node, age: row.value };
  };
  return {
    forObject: of,
    forObjectOrDataset: (object) => of(object) ?? of({ ...object, kind: 'Dataset', name: object.dataset ?? '' }),
  };
}
