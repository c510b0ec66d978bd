/** Recordings of a real Sedna in real servers: what expected.json says is in Prometheus, in Loki, and in the diagnosis. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { RECORDINGS, skipWithoutRecording } from '../../simulator/recording/recording.fixture';
import { startRecordedSedna, type RecordedSedna } from './support/recordedSedna';
import { testAlerts } from './support/replay/alertTests';
import { testJudgements } from './support/replay/judgementTests';
import { testLogs } from './support/replay/logTests';
import { testResources } from './support/replay/resourceTests';

test('a recording is beside the repository', { skip: skipWithoutRecording }, () => assert.ok(RECORDINGS.length > 0));

for (const folder of RECORDINGS) {
  describe(`the recording ${path.basename(folder)}`, () => {
    let sedna: RecordedSedna;
    before(async () => {
      sedna = await startRecordedSedna(folder);
    });
    after(() => sedna?.stop());

    testResources(() => sedna);
    testLogs(() => sedna);
    testAlerts(() => sedna);
    testJudgements(() => sedna);
  });
}
