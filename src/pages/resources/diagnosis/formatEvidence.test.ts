import { formatEvidenceValues } from './formatEvidence';

describe('formatEvidenceValues', () => {
  it('leaves out values that are not known', () =>
    expect(
      formatEvidenceValues({ query: 'worker-restarts', values: { pod: 'p', restartsInAnHour: 4, reason: '' } })
    ).toEqual(['pod p', 'restarts in an hour 4']));

  it('names no value that the title names', () => {
    expect(formatEvidenceValues({ query: 'lines', values: { count: 10 } })).toEqual(['10']);
    expect(
      formatEvidenceValues({ query: 'completed-without-data', values: { stage: 'Eval', withoutData: true } })
    ).toEqual(['Eval']);
  });
});
