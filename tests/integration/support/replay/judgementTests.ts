/** Tests of the diagnosis of recorded objects, by the facts that the app reads. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge } from '../../../../src/sedna/diagnosis';
import { compareJudgement, compareWithExpectations } from '../../../../simulator/recording/expectations';
import { getExisting, toRef, type GetSedna } from './expected';

export function testJudgements(sedna: GetSedna): void {
  test('facts from the servers lead to the same verdicts and causes as those from the recording', async () => {
    const { recording, expected, to } = sedna();
    const own = new Map(
      compareWithExpectations(recording, expected).map(({ object, judgement }) => [object.uid, judgement])
    );
    const differences: string[] = [];
    for (const object of getExisting(sedna())) {
      const { verdict, summary } = judge(await sedna().fetchFacts(toRef(object), to), to.getTime() / 1000);
      const other = own.get(object.uid);
      if (verdict !== other?.verdict || summary.id !== other.summary.id) {
        differences.push(
          `${object.kind} ${object.name}: ${verdict} ${summary.id}, not ${other?.verdict} ${other?.summary.id}`
        );
      }
    }
    assert.deepEqual(differences, []);
  });

  test('each object is judged as expected', async () => {
    const differences: string[] = [];
    for (const object of getExisting(sedna())) {
      const { to } = sedna();
      const judgement = judge(await sedna().fetchFacts(toRef(object), to), to.getTime() / 1000);
      compareJudgement(object, judgement).forEach((text) => differences.push(`${object.kind} ${object.name}: ${text}`));
    }
    assert.deepEqual(differences, []);
  });

  test('a deleted object was judged as expected just before', async () => {
    const differences: string[] = [];
    for (const object of sedna().expected.objects.filter(({ deleted }) => deleted !== undefined)) {
      const at = new Date(Date.parse(object.deleted!) - 1000);
      const judgement = judge(await sedna().fetchFacts(toRef(object), at), at.getTime() / 1000);
      compareJudgement(object, judgement).forEach((text) => differences.push(`${object.kind} ${object.name}: ${text}`));
    }
    assert.deepEqual(differences, []);
  });
}
