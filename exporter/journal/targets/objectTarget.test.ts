import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { job, roundSteps } from '../../cluster/extract/jobs.fixture';
import { Journal } from '../journal';
import { JournalOutput } from '../output';
import { Progress } from '../progress';
import { parseAll } from '../testUtils';
import { ObjectTarget } from './objectTarget';

const KIND = 'LifelongLearningJob';

/** A target that has listed one job, whose history has to wait. */
function createBusyTarget() {
  const lines: string[] = [];
  const output = new JournalOutput({
    bytesPerSecond: 1e12,
    onError: assert.fail,
    write: (bytes) => lines.push(...Buffer.from(bytes).toString().split('\n').filter(Boolean)) && bytes.length,
  });
  const progress = new Progress({ onError: assert.fail });
  const journal = new Journal({ output, progress, maxLineAgeMs: 1_800_000, onWritten: () => undefined });
  const target = new ObjectTarget({ kind: KIND, journal, saved: new Map(), isBusy: () => true });
  target.beginList();
  target.put(version(3, '98'));
  target.endList();
  const read = async () => {
    while (output.isBusy) {
      await new Promise(setImmediate);
    }
    return parseAll(lines).entries.map(({ what }) => what);
  };
  return { target, read };
}

const version = (steps: number, resourceVersion: string) => {
  const object = job('demo', roundSteps(1).slice(0, steps));
  return { ...object, metadata: { ...object.metadata, resourceVersion } };
};
const { uid } = version(0, '1').metadata;
const times = (count: number) => Array.from({ length: count }, () => 'condition');

describe('an object whose history was read later', () => {
  it('ignores older versions that the watch repeats, and takes newer ones', async () => {
    const { target, read } = createBusyTarget();
    assert.equal(target.postponed.first()?.uid, uid);
    target.putPostponed(uid, version(5, '101'));
    assert.deepEqual(
      (await read()).filter((what) => what !== 'status'),
      ['created', ...times(5)]
    );
    ['99', '100', '101'].forEach((each, index) => target.put(version(3 + index, each)));
    target.put(version(6, '102'));
    assert.deepEqual(
      (await read()).filter((what) => what !== 'status'),
      ['created', ...times(6)]
    );
  });

  it("isn't taken as deleted when a list has an older version of it", async () => {
    const { target, read } = createBusyTarget();
    target.beginList();
    target.putPostponed(uid, version(5, '101'));
    target.put(version(4, '100'));
    target.endList();
    assert.deepEqual(
      (await read()).filter((what) => what !== 'status'),
      ['created', ...times(5)]
    );
  });

  it('is deleted with the last version that the watch brings', async () => {
    const { target, read } = createBusyTarget();
    target.putPostponed(uid, version(5, '101'));
    target.remove(version(5, '103'));
    assert.equal((await read()).at(-1), 'deleted');
  });
});
