/** PromQL for choosing a round of a job; apart from that of its page, for it is loaded later. */
import { familyPrefix } from '../sedna/catalogue/resources';
import type { KindName } from '../sedna/kinds';
import { refMatchers } from './diagnosis';
import { selector } from './promql';
import type { ObjectRef } from './resources';
import { equals, valuesOf, type LabelQuery } from './text';

/** Asks for the namespaces that have, or had, an object of this kind and name; within one of them where it is given. */
export const namespacesOf = (kind: KindName, name: string, namespace: string): LabelQuery =>
  valuesOf('namespace', [
    equals('__name__', `${familyPrefix(kind)}_info`),
    equals('name', name),
    ...(namespace === '' ? [] : [equals('namespace', namespace)]),
  ]);

/** Only the number that the job gives to its newest round: what it takes to name rounds. */
export const roundNumber = (ref: ObjectRef) =>
  selector('sedna_job_round', [equals('kind', ref.kind), ...refMatchers(ref)]);
