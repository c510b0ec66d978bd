/** What the tests of a recording share: expected series, and the comparison with queries. */
import assert from 'node:assert/strict';
import { findKind } from '../../../../src/sedna/kinds';
import type { ExpectedObject } from '../../../../simulator/recording/expectations';
import type { Series } from '../queries';
import type { RecordedSedna } from '../recordedSedna';

/** Returns the recording once it is in the servers. */
export type GetSedna = () => RecordedSedna;

/** Expected verdicts of objects that no error may be found about. */
export const WELL = ['waiting', 'healthy', 'finished'];

export const toSeconds = (time: string) => Math.floor(Date.parse(time) / 1000);
export const toRef = ({ namespace, kind, name }: ExpectedObject) => ({ namespace, kind, name });
export const toSelector = ({ namespace, name }: ExpectedObject) => `namespace="${namespace}", name="${name}"`;

/** Objects that exist at the end of the recording. */
export const getExisting = ({ expected }: RecordedSedna): ExpectedObject[] =>
  expected.objects.filter(({ deleted }) => deleted === undefined);

export const getStaged = (sedna: RecordedSedna): ExpectedObject[] =>
  getExisting(sedna).filter(({ kind }) => findKind(kind)?.staged);

/**
 * Leaves out series that have ended. A history has no stale markers, so that a query returns their last values for five
 * minutes more.
 */
export const onlyCurrent = (series: string) => `${series} and (timestamp(${series}) > time() - 61)`;

export const toText = (series: readonly Series[]) =>
  series
    .map(({ labels, value }) => `${JSON.stringify(Object.entries(labels).sort())} ${value}`)
    .sort()
    .join('\n');

/** Compares a query with the expected series of all objects, by default at the end. */
export async function assertSame(
  sedna: RecordedSedna,
  expression: string,
  expected: readonly Series[],
  at?: Date
): Promise<void> {
  assert.ok(expected.length > 0, `nothing is expected of ${expression}`);
  assert.equal(toText(await sedna.query(expression, at)), toText(expected), expression);
}

/** Expected series of objects, with the labels that identify each. */
export const perObject = (
  objects: readonly ExpectedObject[],
  of: (object: ExpectedObject) => Array<{ labels?: Record<string, string>; value: number }>
): Series[] =>
  objects.flatMap((object) =>
    of(object).map(({ labels, value }) => ({ labels: { ...toRef(object), ...labels }, value }))
  );
