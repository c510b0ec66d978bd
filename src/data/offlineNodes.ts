import type { ReportedState } from '../sedna/staleness';
import { getKindKey, indexRows, type Row } from './rows';

type OfflineNode = NonNullable<ReportedState['offlineNode']>;

interface OfflineNodes {
  /** Returns the offline node that reports the state of the object. */
  forObject(object: Row['labels']): OfflineNode | undefined;
  /** Falls back to the node of the dataset in the label `dataset`, which a job depends on, too. */
  forObjectOrDataset(object: Row['labels']): OfflineNode | undefined;
}

/** Indexes the rows of `offlineReportingNodes` by object. */
export function indexOfflineNodes(reporters: readonly Row[]): OfflineNodes {
  const rows = indexRows(reporters, getKindKey);
  const find = (object: Row['labels']) => {
    const row = rows.get(getKindKey(object));
    return row && { node: row.labels.node, age: row.value };
  };
  return {
    forObject: find,
    forObjectOrDataset: (object) => find(object) ?? find({ ...object, kind: 'Dataset', name: object.dataset ?? '' }),
  };
}
