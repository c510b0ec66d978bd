import type { RoundStats } from '../../../../sedna/learning/roundStats';
import type { StageOutcome } from '../../../../sedna/conditions';
import { findNewestEnded } from './roundSelection';

const rounds = (...outcomes: StageOutcome[]) =>
  outcomes.map((outcome) => ({ round: { stages: [{ stage: 'Train', outcome }] } }) as unknown as RoundStats);

describe('findNewestEnded', () => {
  it('leaves out a round in progress, unless fewer than two others are there', () => {
    expect(findNewestEnded(rounds('completed', 'failed', 'open'))).toBe(1);
    expect(findNewestEnded(rounds('completed', 'open'))).toBe(1);
    expect(findNewestEnded(rounds('open', 'completed', 'failed'))).toBe(2);
  });
});
