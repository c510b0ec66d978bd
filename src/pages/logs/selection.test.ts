import { LEVEL_STAGES } from '../../query/logql';
import { startGrafana } from '../../test/grafana';
import {
  isSearchable,
  lineQueries,
  NOTHING_SELECTED,
  podValuesQuery,
  selectionFromUrl,
  selectionToUrl,
  volumeQueries,
  type Selection,
} from './selection';

const select = (change: Partial<Selection>): Selection => ({ ...NOTHING_SELECTED, ...change });
const EVERYTHING = select({
  namespace: 'robots',
  pods: ['dog-train-a', 'dog-eval-b'],
  job: 'dog',
  include: ['Traceback', '50%'],
  exclude: ['health'],
  matchCase: true,
  levels: ['error', 'warning'],
});

describe('URL', () => {
  it.each([
    ['everything', EVERYTHING],
    ['nothing', NOTHING_SELECTED],
  ])('gives back %s', (_, selection) => expect(select(selectionFromUrl(selectionToUrl(selection)))).toEqual(selection));

  it('is empty where nothing is chosen', () =>
    expect(Object.values(selectionToUrl(NOTHING_SELECTED)).filter((value) => value !== null)).toEqual([]));

  it('changes only what it names', () => expect(selectionFromUrl({ job: 'dog' })).toEqual({ job: 'dog' }));

  it('is not trusted', () =>
    expect(
      selectionFromUrl({
        namespace: ['a', 'b'],
        pod: ['', 'a', 'a'],
        job: undefined,
        include: '',
        exclude: null,
        case: 'yes',
        level: ['error', 'fatal"} |= "', 'constructor'],
      })
    ).toEqual({ namespace: '', pods: ['a'], job: '', include: [], exclude: [], matchCase: false, levels: ['error'] }));
});

it.each<[boolean, Partial<Selection>]>([
  [false, {}],
  [false, { include: ['Traceback'], levels: ['error'] }],
  [true, { namespace: 'robots' }],
  [true, { pods: ['a'] }],
  [true, { job: 'dog' }],
])('may be searched: %s for %j', (expected, change) => expect(isSearchable(select(change))).toBe(expected));

describe('queries', () => {
  beforeEach(() => startGrafana());

  /** The part of the query that a person chose; how the level is read is the same for all. */
  const chosen = (change: Partial<Selection>) => {
    const [{ expr }] = lineQueries(select(change));
    expect(expr.split(LEVEL_STAGES)).toHaveLength(2);
    return expr.replace(LEVEL_STAGES, ' <level>');
  };

  it.each<[string, Partial<Selection>, string]>([
    ['a namespace', { namespace: 'robots' }, '{namespace="robots"} | decolorize <level>'],
    ['one pod', { namespace: 'robots', pods: ['a'] }, '{namespace="robots", pod="a"} | decolorize <level>'],
    ['several pods, as text', { pods: ['a.1', 'b|c'] }, '{pod=~"a\\\\.1|b\\\\|c"} | decolorize <level>'],
    [
      'the workers of a job, and not those of dog-2',
      { namespace: 'robots', job: 'dog' },
      '{namespace="robots", pod=~"dog-(?:(?:train|eval|inference|aggregation|edge|cloud|videoanalytics|reid|' +
        'trackingworker)-|deployment-(?:edge|cloud|fe|reidworker|userworker)-[a-z0-9]*-?)[a-z0-9]{5}"} ' +
        '| decolorize <level>',
    ],
    [
      'keywords, whatever their case',
      { pods: ['a'], include: ['Trace', '50%'], exclude: ['a.b'] },
      '{pod="a"} | decolorize |~ "(?i)Trace" |~ "(?i)50%" !~ "(?i)a\\\\.b" <level>',
    ],
    [
      'keywords as they are written',
      { pods: ['a'], include: ['say "x"'], exclude: ['y'], matchCase: true },
      '{pod="a"} | decolorize | __error__="" |= "say \\"x\\"" != "y" <level>',
    ],
    [
      'levels',
      { pods: ['a'], levels: ['error', 'unknown'] },
      '{pod="a"} | decolorize <level> | detected_level=~"error|unknown"',
    ],
    [
      'a namespace that is none',
      { namespace: '"} or {a=~".+' },
      '{namespace="\\"} or {a=~\\".+"} | decolorize <level>',
    ],
    [
      'text that is no variable',
      { pods: ['a'], include: ['$__all [[x]]'] },
      '{pod="a"} | decolorize | __error__="" |~ "(?i)\\\\\\u0024__all \\\\[\\\\[x\\\\]\\\\]" <level>',
    ],
  ])('ask for %s', (_, change, expected) => expect(chosen(change)).toBe(expected));

  it('ask for no more lines than a look needs', () =>
    expect(lineQueries(EVERYTHING)).toEqual([
      expect.objectContaining({ refId: 'lines', queryType: 'range', maxLines: 500 }),
    ]));

  it('count the same lines by level', () => {
    const [{ expr }] = volumeQueries(EVERYTHING);
    const [{ expr: lines }] = lineQueries(EVERYTHING);
    expect(expr).toBe(`sum by (detected_level) (count_over_time(${lines} [$__auto]))`);
    expect(volumeQueries(EVERYTHING)[0]).toMatchObject({ legendFormat: '{{detected_level}}' });
  });
});

it('offers the pods of the namespace that contain what is typed', () => {
  expect(podValuesQuery(NOTHING_SELECTED, '')).toEqual({ label: 'pod' });
  expect(podValuesQuery(select({ namespace: 'robots' }), 'a.b')).toEqual({
    label: 'pod',
    selector: '{namespace="robots", pod=~"(?i).*a\\\\.b.*"}',
  });
});
