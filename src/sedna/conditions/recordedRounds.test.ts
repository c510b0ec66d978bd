import { NO_RECORDING, readExpectedJobs, readRecordedVersions } from '../recording.fixture';
import { toHistoryFromObject } from '.';

(NO_RECORDING ? describe.skip : describe)(`rounds of recorded jobs${NO_RECORDING ? ` (${NO_RECORDING})` : ''}`, () => {
  const kinds = ['LifelongLearningJob', 'IncrementalLearningJob'];
  const newest = () =>
    new Map(kinds.flatMap(readRecordedVersions).map(({ object }) => [object.metadata.uid, object.status?.conditions]));

  it('are as many, with the numbers and reports, as the recording says', () => {
    const conditions = newest();
    const jobs = readExpectedJobs();
    const found = jobs.map(({ uid, name }) => {
      const { rounds } = toHistoryFromObject(conditions.get(uid));
      const evaluations = rounds.flatMap(({ stages }) => stages.filter(({ stage }) => stage === 'Eval'));
      return {
        name,
        round: rounds
          .map(({ number }) => number)
          .filter((number) => number !== undefined)
          .at(-1),
        trainRoundsStarted: rounds.filter(({ stages }) => stages[0].conditionTimes.Ready !== undefined).length,
        roundsCompleted: rounds.filter(({ outcome }) => outcome === 'completed').length,
        // A late report follows a Completed without data in the same round.
        evaluated: evaluations.filter(({ outcome }) => outcome === 'completed').length,
      };
    });
    expect(found).toEqual(
      jobs.map(({ name, round = undefined, trainRoundsStarted, roundsCompleted, evaluations }) => ({
        name,
        round,
        trainRoundsStarted,
        roundsCompleted,
        evaluated: evaluations.filter(({ recorded }) => recorded).length,
      }))
    );
    expect(jobs.length).toBeGreaterThan(10);
  });
});
