import {
  DEFAULT_SELECTION,
  getOffsetSeconds,
  getSupportedSelection,
  parseSelection,
  toSelectionParams,
  type MetricSelection,
} from './selection';

const SELECTION: MetricSelection = {
  metric: 'sedna_job_round',
  target: { kind: 'LifelongLearningJob', namespace: 'robots', names: ['dog', 'cat'] },
  groupBy: 'name',
  aggregation: 'max',
  compareWith: '1d',
  byRound: true,
};

describe('toSelectionParams', () => {
  it('writes parameters that parse to the same selection', () =>
    expect(parseSelection(DEFAULT_SELECTION, toSelectionParams(SELECTION))).toEqual(SELECTION));

  it('writes no parameter for a default', () =>
    expect(
      Object.values(toSelectionParams(DEFAULT_SELECTION)).filter((value) => value !== null && value.length > 0)
    ).toEqual([]));
});

describe('parseSelection', () => {
  it('ignores unknown values', () =>
    expect(
      parseSelection(DEFAULT_SELECTION, {
        kind: 'toString',
        by: 'a) or up',
        as: 'quantile',
        compare: '1y',
        x: 'up',
        name: null,
      })
    ).toEqual(DEFAULT_SELECTION));

  it('keeps the fields that the URL does not have', () =>
    expect(parseSelection(SELECTION, { namespace: 'factory' })).toEqual({
      ...SELECTION,
      target: { ...SELECTION.target, namespace: 'factory' },
    }));
});

describe('getSupportedSelection', () => {
  it('resets the options that the metric does not support', () => {
    expect(getSupportedSelection(SELECTION)).toEqual({ ...SELECTION, groupBy: '', compareWith: undefined });
    expect(getSupportedSelection({ ...SELECTION, metric: 'sedna_dataset_samples' })).toMatchObject({
      groupBy: 'name',
      compareWith: '1d',
      byRound: false,
    });
    expect(getSupportedSelection({ ...SELECTION, metric: 'sedna_job_model_info' })).toMatchObject({
      groupBy: '',
      byRound: false,
    });
  });
});

describe('getOffsetSeconds', () => {
  it('returns the length of the time range or the fixed offset', () => {
    expect(getOffsetSeconds('range', 1800.4)).toBe(1800);
    expect(getOffsetSeconds('7d', 1800)).toBe(604_800);
  });
});
