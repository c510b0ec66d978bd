/** PromQL to select a round of a job. Separate from the queries of the object page, because it is loaded later. */
import { getFamilyPrefix } from '../sedna/catalog/resourceMetrics';
import { ROUNDS_COUNTER } from '../sedna/learning/roundStats';
import type { KindName } from '../sedna/kinds';
import { buildRefMatchers } from './diagnosis';
import { buildSelector } from './promql';
import type { ObjectRef } from '../sedna/objectRef';
import { equals, buildLabelValuesQuery, type LabelQuery } from './escape';

/** Builds a query for the namespaces that have, or had, an object of a kind and name.
 * @param namespace - the only one to check; empty for all
 */
export const getNamespaces = (kind: KindName, name: string, namespace: string): LabelQuery =>
  buildLabelValuesQuery('namespace', [
    equals('__name__', `${getFamilyPrefix(kind)}_info`),
    equals('name', name),
    ...(namespace === '' ? [] : [equals('namespace', namespace)]),
  ]);

/** Returns the number of a job's newest round. */
export const roundNumber = (ref: ObjectRef) =>
  buildSelector('sedna_job_round', [equals('kind', ref.kind), ...buildRefMatchers(ref)]);

/** Returns the counter of the conditions that begin a round. */
export const roundsCounter = (ref: ObjectRef) =>
  buildSelector(ROUNDS_COUNTER, [
    equals('stage', 'Train'),
    equals('condition', 'Waiting'),
    equals('kind', ref.kind),
    ...buildRefMatchers(ref),
  ]);
