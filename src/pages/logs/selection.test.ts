import { LEVEL_STAGES, SOURCE_STAGE } from '../../query/logs/logql';
import { mockGrafana } from '../../test/mockGrafana';
import { choiceMatchers, lineQueries, marksOf, volumeExpression } from './queries';
import { isSearchable, NOTHING_SELECTED, selectionFromUrl, selectionToUrl, type Selection } from './selection';

const select = (change: Partial<Selection>): Selection => ({ ...NOTHING_SELECTED, ...change });
const EVERYTHING = select({
  namespace: 'robots',
  pods: ['dog-train-a', 'dog-eval-b'],
  job: 'dog',
  include: ['Traceback', '50%'],
  exclude: ['health'],
  container: 'train-worker',
  node: 'edge-0',
  component: 'global-manager',
  worker: 'train',
  switches: ['any', 'case', 'word', 'regex'],
  levels: ['error', 'warning'],
  order: 'oldest',
  colours: 'on',
  volume: 'range',
  view: 'scores',
});

describe('URL', () => {
  it.each([
    ['everything', EVERYTHING],
    ['nothing', NOTHING_SELECTED],
  ])('gives back %s', (_, selection) => expect(select(selectionFromUrl(selectionToUrl(selection)))).toEqual(selection));

  it('is empty where nothing is chosen', () =>
    expect(
      Object.values(selectionToUrl(NOTHING_SELECTED)).filter(
        (value) => value !== null && value !== undefined && value.length > 0
      )
    ).toEqual([]));

  it('changes only what it names', () => expect(selectionFromUrl({ job: 'dog' })).toEqual({ job: 'dog' }));

  it('is not trusted', () =>
    expect(
      selectionFromUrl({
        namespace: ['a', 'b'],
        pod: ['', 'a', 'a'],
        job: undefined,
        include: '',
        exclude: null,
        keywords: ['yes', 'case'],
        component: 'toString',
        worker: 'train|.*',
        level: ['error', 'fatal"} |= "', 'constructor'],
        order: 'random',
        colours: ['on', 'off'],
        volume: ['everything'],
        view: ['toString'],
      })
    ).toEqual({
      namespace: '',
      pods: ['a'],
      job: '',
      include: [],
      exclude: [],
      switches: ['case'],
      component: '',
      worker: '',
      levels: ['error'],
      order: 'newest',
      colours: 'off',
      volume: 'shown',
      view: 'lines',
    }));
});

it.each<[boolean, Partial<Selection>]>([
  [false, {}],
  [false, { include: ['Traceback'], levels: ['error'] }],
  [true, { namespace: 'robots' }],
  [true, { pods: ['a'] }],
  [true, { job: 'dog' }],
  [true, { component: 'knowledge-base' }],
  [false, { worker: 'train', node: 'edge-0' }],
])('may be searched: %s for %j', (expected, change) => expect(isSearchable(select(change))).toBe(expected));

describe('queries', () => {
  beforeEach(() => mockGrafana());

  /** The part of the query that a person chose; how the level is read is the same for all. */
  const chosen = (change: Partial<Selection>) => {
    const [{ expr }] = lineQueries(select(change));
    expect(expr.split(LEVEL_STAGES)).toHaveLength(2);
    return expr.replace(LEVEL_STAGES, ' <level>').replace(SOURCE_STAGE, '');
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
      { pods: ['a'], include: ['say "x"'], exclude: ['y'], switches: ['case'] },
      '{pod="a"} | decolorize | __error__="" |= "say \\"x\\"" != "y" <level>',
    ],
    [
      'one keyword of several',
      { pods: ['a'], include: ['x.y', 'z'], exclude: ['n'], switches: ['any'] },
      '{pod="a"} | decolorize |~ "(?:(?i)x\\\\.y)|(?:(?i)z)" !~ "(?i)n" <level>',
    ],
    [
      'whole words of any script',
      { pods: ['a'], include: ['x'], switches: ['word', 'case'] },
      '{pod="a"} | decolorize | __error__="" |~ "(?:^|[^\\\\pL\\\\pN_])(?:x)(?:[^\\\\pL\\\\pN_]|\\u0024)" <level>',
    ],
    [
      'a pattern',
      { pods: ['a'], include: ['a|b$'], switches: ['regex'] },
      '{pod="a"} | decolorize | __error__="" |~ "(?i)a|b\\u0024" <level>',
    ],
    ['a part of Sedna', { component: 'local-controller' }, '{namespace="sedna", pod=~"lc-.+"} | decolorize <level>'],
    [
      'a stage of a job, in a container on a node',
      { namespace: 'robots', job: 'dog', worker: 'eval', container: 'c', node: 'n' },
      '{namespace="robots", pod=~"dog-(?:eval-|deployment-eval-[a-z0-9]*-?)[a-z0-9]{5}", container="c", node="n"} ' +
        '| decolorize <level>',
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

  it('read from the end that is wanted', () => {
    expect(lineQueries(select({ namespace: 'a' }))[0]).toMatchObject({ direction: 'backward' });
    expect(lineQueries(select({ namespace: 'a', order: 'oldest' }))[0]).toMatchObject({ direction: 'forward' });
  });

  it('count the same lines by level', () => {
    const [{ expr: lines }] = lineQueries({ ...EVERYTHING, colours: 'off' });
    expect(volumeExpression(EVERYTHING)).toBe(
      `sum by (detected_level) (count_over_time(${lines.replace(SOURCE_STAGE, '')} [$__auto]))`
    );
  });
});

it('marks keywords as they are read', () => {
  expect(marksOf(select({ include: ['a.b'] }))).toEqual(['(?i)a\\.b']);
  expect(marksOf(select({ include: ['a.b'], switches: ['case', 'regex'] }))).toEqual(['a.b']);
});

it('offers what fits to what else is chosen and is typed, whatever is chosen of it already', () => {
  const robots = select({ namespace: 'robots', pods: ['x'] });
  expect(choiceMatchers(NOTHING_SELECTED, 'pod')).toEqual([]);
  expect(choiceMatchers(robots, 'pod', 'a.b')).toEqual([
    { label: 'namespace', operator: '=', value: 'robots' },
    { label: 'pod', operator: '=~', value: '(?i).*a\\.b.*' },
  ]);
  expect(choiceMatchers(robots, 'namespace')).toEqual([{ label: 'pod', operator: '=', value: 'x' }]);
});
