import type { KindName } from './kinds';

/** Identifies an object of Sedna. */
export interface ObjectRef {
  kind: KindName;
  namespace: string;
  name: string;
}
