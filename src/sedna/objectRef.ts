import type { KindName } from './kinds/kindNames';

/**
 * Identity of a Sedna object. Names from a URL may be anything.
 * @typeParam Kind - string where the kind may come from a later version of Sedna
 */
export interface ObjectRef<Kind extends string = KindName> {
  /** Absent where the data has no such label, because there is only one cluster. */
  cluster?: string;
  namespace: string;
  kind: Kind;
  name: string;
  /** Differs for an object that was deleted and created again under the same name; absent where it is not known. */
  uid?: string;
}

/** Returns a key that is the same for an object before and after it was created again. */
export const getObjectKey = ({ cluster, kind, namespace, name }: ObjectRef<string>): string =>
  (cluster ? [cluster, kind, namespace, name] : [kind, namespace, name]).join('/');
