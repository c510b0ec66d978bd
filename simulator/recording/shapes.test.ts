/** The simulated Sedna has the shapes of a recorded one. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { describe, test } from 'node:test';
import { HOUR } from '../engine/clock';
import { createWorld } from '../engine/world';
import { allFaults } from '../scenarios/faults';
import { createRecordedWorld } from './player';
import { readRecording } from './recording';
import { RECORDINGS, skipWithoutRecording } from './recording.fixture';
import { collectShapes, describeLine, type Shapes } from './shapes';

/** Shapes that Sedna has by its source, in situations that recordings need not contain. */
const BY_SOURCE: Readonly<Record<keyof Shapes, readonly string[]>> = {
  conditions: [
    // Reports of training workers.
    'FederatedLearningJob /Training: lastHeartbeatTime lastProbeTime reason status type',
    'LifelongLearningJob Eval/Failed: lastHeartbeatTime lastTransitionTime stage status type',
  ],
  transitions: [
    'FederatedLearningJob: none > /Training',
    'FederatedLearningJob: /Training > /Training',
    'LifelongLearningJob: Eval/Running > Eval/Failed',
    'LifelongLearningJob: Eval/Failed > Train/Waiting',
  ],
  data: [
    // Datasets in S3.
    'LifelongLearningJob Train/Ready: input dataIndexURL dataURL outputDir ',
    'LifelongLearningJob Eval/Ready: input dataIndexURL dataURL outputDir (classes format url)',
  ],
  statuses: ['Model: metrics updateTime'],
  pods: [],
  environments: [],
  lines: [
    'gm I lifelonglearningjob.go lifelonglearning job * Eval stage failed!',
    'lc E lifelonglearningjob.go failed to update model for * failed to copy trained * open * no space left on device',
    // A local controller that can't resolve the name of the global manager.
    'lc E websocket.go client tries to connect global * failed, error: dial tcp: lookup * on * no such host',
    'lc E websocket.go max retry count reached when connecting global *',
    // A knowledge base without its files.
    'worker WARNING client.py Get invalid status code * in request *',
    'worker ERROR client.py Update kb error: * at * returned *',
    'worker ERROR lifelong_learning.py KB update Fail *',
    'worker ERROR edge_knowledge_management.py Load task index failed. KB deployment to the edge failed.',
    'worker INFO federated_learning.py Federated learning start, *',
    'worker INFO federated_learning.py Federated learning recv weight, round: * total_sample: *',
  ],
};

const START = new Date('2026-11-24T01:00:00Z');
const WORLDS = { demo: undefined, faults: allFaults };

const simulate = (scenario: (typeof WORLDS)[keyof typeof WORLDS]) =>
  collectShapes(createWorld({ seed: 1, start: START, scenario }).advanceTo(new Date(START.getTime() + 3 * HOUR)));

test('a template keeps words, and replaces names, numbers, and paths', () => {
  const gm =
    'I1130 04:51:15.887617   27699 lifelonglearningjob.go:359] lifelonglearning job default/a latest stage Train:';
  assert.equal(describeLine('gm', gm), 'gm I lifelonglearningjob.go lifelonglearning job * latest stage Train:');
  const worker =
    '\u001b[32m[2026-11-30 04:52:02,005] seen_task_learning.py(253) [INFO]\u001b[0m - MTL Train start 0 : A_1.0';
  assert.equal(describeLine('w', worker), 'worker INFO seen_task_learning.py MTL Train start *');
  assert.equal(describeLine('w', 'any print'), undefined);
});

describe('shapes', { skip: skipWithoutRecording }, () => {
  const recorded = RECORDINGS.map((folder) => {
    const recording = readRecording(folder);
    return collectShapes(createRecordedWorld(recording).advanceTo(new Date(recording.to)));
  });
  const simulated = Object.values(WORLDS).map(simulate);

  for (const part of Object.keys(BY_SOURCE) as Array<keyof Shapes>) {
    const all = (of: readonly Shapes[]) => new Set(of.flatMap((shapes) => [...shapes[part]]));

    test(`${part} of the simulation are those of a recording`, () => {
      const known = all(recorded);
      const invented = [...all(simulated)].filter((shape) => !known.has(shape) && !BY_SOURCE[part].includes(shape));
      assert.deepEqual(invented, []);
      assert.ok(known.size > 0, `no recording has ${part}: ${RECORDINGS.map((folder) => path.basename(folder))}`);
    });

    test(`${part} that no recording has are simulated`, () => {
      const used = all(simulated);
      assert.deepEqual(
        BY_SOURCE[part].filter((shape) => !used.has(shape)),
        []
      );
    });
  }
});
