/** Which silent node reports on an object, from the answer to `silentReporters`. */
import type { Reported } from '../sedna/staleness';
import { kindKey, rowsByKey, type Row } from './rows';

type SilentNode = NonNullable<Reported['silentNode']>;

interface SilentNodes {
  /** The one that reports on the object itself. */
  of(object: Row['labels']): SilentNode | undefined;
  /** Also the one of its dataset, by the label `dataset` where the object has it: a job goes by both. */
  behind(object: Row['labels']): SilentNode | undefined;
}

export function silentNodes(silent: readonly Row[]): SilentNodes {
  const rows = rowsByKey(silent, kindKey);
  const of = (object: Row['labels']) => {
    const row = rows.get(kindKey(object));
    return row && { node: row.labels.node, age: row.value };
  };
  return {
    of,
    behind: (object) => of(object) ?? of({ ...object, kind: 'Dataset', name: object.dataset ?? '' }),
  };
}
