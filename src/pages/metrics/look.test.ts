import { fittingLook, lookFromUrl, lookToUrl, NO_LOOK, secondsBefore, type MetricLook } from './look';

const LOOK: MetricLook = {
  metric: 'sedna_job_round',
  target: { kind: 'LifelongLearningJob', namespace: 'robots', names: ['dog', 'cat'] },
  by: 'name',
  aggregation: 'max',
  earlier: '1d',
  byRound: true,
};

it('is the same after it was in the URL', () => expect(lookFromUrl(NO_LOOK, lookToUrl(LOOK))).toEqual(LOOK));

it('leaves the URL short where nothing is chosen', () =>
  expect(Object.values(lookToUrl(NO_LOOK)).filter((value) => value !== null && value.length > 0)).toEqual([]));

it('takes nothing from a URL that it does not know', () =>
  expect(
    lookFromUrl(NO_LOOK, { kind: 'toString', by: 'a) or up', as: 'quantile', compare: '1y', x: 'up', name: null })
  ).toEqual(NO_LOOK));

it('changes only what the URL has', () =>
  expect(lookFromUrl(LOOK, { namespace: 'factory' })).toEqual({
    ...LOOK,
    target: { ...LOOK.target, namespace: 'factory' },
  }));

it('gives a metric only what it can have', () => {
  expect(fittingLook(LOOK)).toEqual({ ...LOOK, by: '', earlier: undefined });
  expect(fittingLook({ ...LOOK, metric: 'sedna_dataset_samples' })).toMatchObject({
    by: 'name',
    earlier: '1d',
    byRound: false,
  });
  expect(fittingLook({ ...LOOK, metric: 'sedna_job_model_info' })).toMatchObject({ by: '', byRound: false });
});

it('goes back by the length of the time range, or by what was chosen', () => {
  expect(secondsBefore('range', 1800.4)).toBe(1800);
  expect(secondsBefore('7d', 1800)).toBe(604_800);
});
