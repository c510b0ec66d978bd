/** Judgements don't depend on what is particular to a recording. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { compareWithExpectations, formatComparison, readExpectations } from './expectations';
import { addStrangers, interruptWatch, renameAll, shiftAll } from './mutation.fixture';
import { readRecording } from './recording';
import { RECORDINGS, skipWithoutRecording } from './recording.fixture';

const HOUR_MS = 3_600_000;

test('a recording is beside the repository', { skip: skipWithoutRecording }, () => assert.ok(RECORDINGS.length > 0));

for (const folder of RECORDINGS) {
  test(`${path.basename(folder)} is judged the same with other names, times, kinds, and a watch that breaks`, () => {
    const original = { recording: readRecording(folder), expectations: readExpectations(folder)! };
    const middle = (original.recording.from + original.recording.to) / 2;
    const interrupted = interruptWatch(addStrangers(original), middle, 60);
    // Another day, but the same time of day: triggers have time windows.
    const mutated = renameAll(shiftAll(interrupted, 200 * 24 * HOUR_MS));
    const names = new Set(original.expectations.objects.map(({ name }) => name));
    const kept = mutated.expectations.objects.filter(({ name }) => names.has(name));
    assert.ok(kept.length < names.size / 10, kept.map(({ name }) => name).join(', '));
    const comparisons = compareWithExpectations(mutated.recording, mutated.expectations);
    const differing = comparisons.filter(({ differences }) => differences.length > 0);
    assert.equal(differing.length, 0, formatComparison(differing));
  });
}
