import { getUnusedTrainSamples, getTrainingChecklist, type Check, type Facts } from '.';
import { conditionAt, job, logLine, NOW } from './facts/facts.fixture';
import { isInTimeWindow, isEnough } from './detection/trigger';

const KEY = 'robots/lifelonglearningjob/dog';
const lc = (secondsAgo: number, text: string, pod = 'lc-a') =>
  logLine(secondsAgo, 'lc', `I1124 11:00:00.000000       1 x.go:1] ${text}`, pod);
const samples = (secondsAgo: number, count: number) =>
  lc(secondsAgo, `job(${KEY})'s current train samples nums is ${count}`);
const triggered = (secondsAgo: number) =>
  lc(secondsAgo, `job(name=${KEY}) complete the Training phase triggering task successfully`);
const started = (secondsAgo: number, pod?: string) => lc(secondsAgo, 'manager lifelonglearningjob is started', pod);

const waiting = (change: Partial<Facts> = {}) => job({ ...conditionAt('Train/Waiting', 900), ...change });
const check = <T extends Check['item']>(item: T, facts: Facts, now = NOW) =>
  getTrainingChecklist(facts, now).find((each): each is Extract<Check, { item: T }> => each.item === item)!;

describe('unused training samples', () => {
  const object = job().object;

  it('are the sum since the last training started', () =>
    expect(
      getUnusedTrainSamples(object, [samples(500, 700), triggered(400), samples(300, 40), samples(200, 32)])
    ).toEqual({
      samples: 72,
      isLowerBound: false,
    }));

  it('are a lower bound when the log lines do not reach back to the last training', () =>
    expect(getUnusedTrainSamples(object, [samples(300, 40), samples(200, 32)])).toEqual({
      samples: 72,
      isLowerBound: true,
    }));

  it('are counted from zero after a restart of the local controller', () =>
    expect(getUnusedTrainSamples(object, [triggered(500), samples(400, 300), started(300), samples(200, 900)])).toEqual(
      {
        samples: 900,
        isLowerBound: false,
      }
    ));

  it('ignore the local controller of another node', () =>
    expect(getUnusedTrainSamples(object, [triggered(500), samples(400, 300), started(300, 'lc-b')]).samples).toBe(300));

  it('ignore jobs with a longer name or in another namespace', () =>
    expect(
      getUnusedTrainSamples(object, [
        lc(9, "job(robots/lifelonglearningjob/dog-2)'s current train samples nums is 5"),
        lc(8, "job(robots2/lifelonglearningjob/dog)'s current train samples nums is 7"),
        lc(7, "job(other-robots/lifelonglearningjob/dogs)'s current train samples nums is 9"),
      ]).samples
    ).toBe(0));
});

describe('time windows', () => {
  const at = (clock: string) => Date.parse(`2026-11-24T${clock}Z`) / 1000;

  it.each([
    ['02:00', '20:00', '02:00:00', true],
    ['02:00', '20:00', '20:00:59', true],
    ['02:00', '20:00', '01:59:59', false],
    ['02:00', '20:00', '20:01:00', false],
    ['22:00', '06:00', '23:30:00', true],
    ['22:00', '06:00', '05:59:00', true],
    ['22:00', '06:00', '12:00:00', false],
    ['00:00', '24:00', '23:59:59', true],
    ['2:00', '3:00', '02:30:00', true],
    ['02:00', '24:01', '03:00:00', undefined],
    ['', '06:00', '03:00:00', undefined],
    ['morning', '06:00', '03:00:00', undefined],
  ])('%s to %s at %s: %s', (start, end, clock, open) => expect(isInTimeWindow(at(clock), start, end)).toBe(open));

  it('follow the clock of the local controller', () => {
    expect(isInTimeWindow(at('20:30:00'), '02:00', '06:00')).toBe(false);
    expect(isInTimeWindow(at('20:30:00'), '02:00', '06:00', 8 * 3600)).toBe(true);
  });
});

it.each([
  ['>', false, true],
  ['gt', false, true],
  ['>=', true, true],
  ['ge', true, true],
  ['=', true, false],
  ['==', true, false],
  ['eq', true, false],
  ['!=', false, true],
  ['ne', false, true],
  ['<=', true, false],
  ['le', true, false],
  ['<', false, false],
  ['lt', false, false],
  ['=>', undefined, undefined],
  ['toString', undefined, undefined],
])('compares 500 and 501 samples %s 500 as %s and %s', (operator, equal, more) =>
  expect([isEnough(500, operator, 500), isEnough(501, operator, 500)]).toEqual([equal, more])
);

describe('the checklist of a waiting job', () => {
  it('is met but for the samples when only they are missing', () =>
    expect(getTrainingChecklist(waiting({ logs: [triggered(800), samples(60, 40)] }), NOW)).toEqual([
      { item: 'samples', state: 'not-ok', unused: 40, isLowerBound: false, operator: '>', threshold: 500 },
      { item: 'window', state: 'ok', start: '02:00', end: '20:00', now: NOW },
      { item: 'local-controller', state: 'ok', node: 'edge0' },
      { item: 'dataset', state: 'ok', dataset: 'steps', samples: 900, updated: NOW - 50 },
      { item: 'trigger', state: 'ok', operator: '>', metric: 'num_of_samples' },
    ]));

  it('does not call a lower bound too few', () =>
    expect(check('samples', waiting({ logs: [samples(60, 40)] })).state).toBe('unknown'));

  it('accepts a lower bound that is enough', () =>
    expect(check('samples', waiting({ logs: [samples(60, 501)] }))).toMatchObject({ state: 'ok', isLowerBound: true }));

  it('reports a closed time window', () =>
    expect(check('window', waiting(), NOW + 9 * 3600)).toMatchObject({ state: 'not-ok', start: '02:00' }));

  it('follows the newest log line about the connection, then the series', () => {
    const closed = logLine(30, 'gm', 'I1124 closed connection for node edge0');
    expect(check('local-controller', waiting({ logs: [closed] })).state).toBe('not-ok');
    const silent = { dataset: { name: 'steps', node: 'edge0' }, localController: { node: 'edge0', connected: false } };
    expect(check('local-controller', waiting(silent)).state).toBe('not-ok');
  });

  it('reports a dataset that is not loaded', () =>
    expect(check('dataset', waiting({ dataset: { name: 'steps', read: false } })).state).toBe('not-ok'));

  it('reports a dataset that does not exist', () =>
    expect(check('dataset', waiting({ dataset: { name: 'steps', exists: false } })).state).toBe('not-ok'));

  it('reports a trigger that can never fire', () =>
    expect(check('trigger', waiting({ trigger: { operator: 'more than' } })).state).toBe('not-ok'));

  it('leaves items without facts unknown', () =>
    expect(getTrainingChecklist({ object: job().object }, NOW).map(({ state }) => state)).toEqual(
      Array(5).fill('unknown')
    ));
});
