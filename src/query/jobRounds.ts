/** PromQL for choosing a round of a job; apart from that of its page, for it is loaded later. */
import { getFamilyPrefix } from '../sedna/catalog/resourceMetrics';
import type { KindName } from '../sedna/kinds';
import { buildRefMatchers } from './diagnosis';
import { buildSelector } from './promql';
import type { ObjectRef } from '../sedna/objectRef';
import { equals, buildLabelValuesQuery, type LabelQuery } from './escape';

/** Asks for the namespaces that have, or had, an object of this kind and name; within one of them where it is given. */
export const getNamespaces = (kind: KindName, name: string, namespace: string): LabelQuery =>
  buildLabelValuesQuery('namespace', [
    equals('__name__', `${getFamilyPrefix(kind)}_info`),
    equals('name', name),
    ...(namespace === '' ? [] : [equals('namespace', namespace)]),
  ]);

/** Only the number that the job gives to its newest round: what it takes to name rounds. */
export const roundNumber = (ref: ObjectRef) =>
  buildSelector('sedna_job_round', [equals('kind', ref.kind), ...buildRefMatchers(ref)]);
