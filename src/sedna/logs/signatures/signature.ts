import type { KindName } from '../../kinds';

/** Who writes the line: global manager, local controller, or a worker of the object. */
export type LogSignatureSource = 'gm' | 'lc' | 'worker';

/** A log message with a meaning for the diagnosis of one object. */
export interface LogSignature<Id extends string = string> {
  id: Id;
  kinds: readonly KindName[];
  /**
   * Builds an RE2 pattern, because Loki and the browser use the same one. It must match with and without color codes:
   * Loki filters before it removes them. The first group, if any, is the value of the line.
   * @param namespace - escaped
   * @param name - escaped
   */
  pattern: (namespace: string, name: string) => string;
}
