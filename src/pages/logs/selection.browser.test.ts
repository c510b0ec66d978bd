import { LEVEL_STAGES, SOURCE_STAGE } from '../../query/logs/logql';
import { mockGrafana } from '../../test/mockGrafana';
import { buildOptionMatchers, buildLineQueries, buildHighlightPatterns, buildVolumeExpression } from './queries';
import { isSearchable, DEFAULT_SELECTION, parseSelection, toUrlValues, type Selection } from './selection';

const select = (change: Partial<Selection>): Selection => ({ ...DEFAULT_SELECTION, ...change });
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
  keywordOptions: ['any', 'case', 'word', 'regex'],
  levels: ['error', 'warning'],
  order: 'oldest',
  colors: 'on',
  volume: 'range',
  view: 'scores',
});

describe('parseSelection and toUrlValues', () => {
  it.each([
    ['every field', EVERYTHING],
    ['the default selection', DEFAULT_SELECTION],
  ])('restore %s from its URL', (_, selection) =>
    expect(select(parseSelection(toUrlValues(selection)))).toEqual(selection)
  );

  it('write nothing for the default selection', () =>
    expect(
      Object.values(toUrlValues(DEFAULT_SELECTION)).filter(
        (value) => value !== null && value !== undefined && value.length > 0
      )
    ).toEqual([]));

  it('parse only the fields whose keys are in the URL', () =>
    expect(parseSelection({ job: 'dog' })).toEqual({ job: 'dog' }));

  it('replace unknown and malformed values by the default', () =>
    expect(
      parseSelection({
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
      keywordOptions: ['case'],
      component: '',
      worker: '',
      levels: ['error'],
      order: 'newest',
      colors: 'off',
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
])('isSearchable returns %s for %j', (expected, change) => expect(isSearchable(select(change))).toBe(expected));

describe('buildLineQueries', () => {
  beforeEach(() => mockGrafana());

  /** Returns the expression with a placeholder for the level stages, which are the same in all. */
  const build = (change: Partial<Selection>) => {
    const [{ expr }] = buildLineQueries(select(change));
    expect(expr.split(LEVEL_STAGES)).toHaveLength(2);
    return expr.replace(LEVEL_STAGES, ' <level>').replace(SOURCE_STAGE, '');
  };

  it.each<[string, Partial<Selection>, string]>([
    [
      'a namespace, without its journal',
      { namespace: 'robots' },
      '{namespace="robots", source!~"sedna-journal"} | decolorize <level>',
    ],
    ['one pod', { namespace: 'robots', pods: ['a'] }, '{namespace="robots", pod="a"} | decolorize <level>'],
    ['several pods, escaped', { pods: ['a.1', 'b|c'] }, '{pod=~"a\\\\.1|b\\\\|c"} | decolorize <level>'],
    [
      'the workers of a job, without those of the job dog-2',
      { namespace: 'robots', job: 'dog' },
      '{namespace="robots", pod=~"dog-(?:(?:train|eval|inference|aggregation|edge|cloud|videoanalytics|reid|' +
        'trackingworker)-|deployment-(?:edge|cloud|fe|reidworker|userworker)-[a-z0-9]*-?)[a-z0-9]{5}"} ' +
        '| decolorize <level>',
    ],
    [
      'keywords that ignore case',
      { pods: ['a'], include: ['Trace', '50%'], exclude: ['a.b'] },
      '{pod="a"} | decolorize |~ "(?i)Trace" |~ "(?i)50%" !~ "(?i)a\\\\.b" <level>',
    ],
    [
      'keywords that match case',
      { pods: ['a'], include: ['say "x"'], exclude: ['y'], keywordOptions: ['case'] },
      '{pod="a"} | decolorize | __error__="" |= "say \\"x\\"" != "y" <level>',
    ],
    [
      'any of several keywords',
      { pods: ['a'], include: ['x.y', 'z'], exclude: ['n'], keywordOptions: ['any'] },
      '{pod="a"} | decolorize |~ "(?:(?i)x\\\\.y)|(?:(?i)z)" !~ "(?i)n" <level>',
    ],
    [
      'whole words in any script',
      { pods: ['a'], include: ['x'], keywordOptions: ['word', 'case'] },
      '{pod="a"} | decolorize | __error__="" |~ "(?:^|[^\\\\pL\\\\pN_])(?:x)(?:[^\\\\pL\\\\pN_]|\\u0024)" <level>',
    ],
    [
      'a regular expression',
      { pods: ['a'], include: ['a|b$'], keywordOptions: ['regex'] },
      '{pod="a"} | decolorize | __error__="" |~ "(?i)a|b\\u0024" <level>',
    ],
    [
      'a component of Sedna',
      { component: 'local-controller' },
      '{namespace="sedna", pod=~"lc-.+"} | decolorize <level>',
    ],
    [
      'a stage of a job in a container on a node',
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
      'a hostile namespace, escaped',
      { namespace: '"} or {a=~".+' },
      '{namespace="\\"} or {a=~\\".+", source!~"sedna-journal"} | decolorize <level>',
    ],
    [
      'text that looks like a Grafana variable, escaped',
      { pods: ['a'], include: ['$__all [[x]]'] },
      '{pod="a"} | decolorize | __error__="" |~ "(?i)\\\\\\u0024__all \\\\[\\\\[x\\\\]\\\\]" <level>',
    ],
  ])('selects %s', (_, change, expected) => expect(build(change)).toBe(expected));

  it('limits the lines of a query', () =>
    expect(buildLineQueries(EVERYTHING)).toEqual([
      expect.objectContaining({ refId: 'lines', queryType: 'range', maxLines: 500 }),
    ]));

  it('reads from the end of the selected order', () => {
    expect(buildLineQueries(select({ namespace: 'a' }))[0]).toMatchObject({ direction: 'backward' });
    expect(buildLineQueries(select({ namespace: 'a', order: 'oldest' }))[0]).toMatchObject({ direction: 'forward' });
  });

  it('selects the same lines as the log volume', () => {
    const [{ expr: lines }] = buildLineQueries({ ...EVERYTHING, colors: 'off' });
    expect(buildVolumeExpression(EVERYTHING)).toBe(
      `sum by (detected_level) (count_over_time(${lines.replace(SOURCE_STAGE, '')} [$__auto]))`
    );
  });
});

it('highlights keywords with the options that the search uses', () => {
  expect(buildHighlightPatterns(select({ include: ['a.b'] }))).toEqual(['(?i)a\\.b']);
  expect(buildHighlightPatterns(select({ include: ['a.b'], keywordOptions: ['case', 'regex'] }))).toEqual(['a.b']);
});

it('offers values that match the other fields and the typed text, whatever the field itself selects', () => {
  const robots = select({ namespace: 'robots', pods: ['x'] });
  expect(buildOptionMatchers(DEFAULT_SELECTION, 'pod')).toEqual([]);
  expect(buildOptionMatchers(robots, 'pod', 'a.b')).toEqual([
    { label: 'namespace', operator: '=', value: 'robots' },
    { label: 'source', operator: '!~', value: 'sedna-journal' },
    { label: 'pod', operator: '=~', value: '(?i).*a\\.b.*' },
  ]);
  expect(buildOptionMatchers(robots, 'namespace')).toEqual([{ label: 'pod', operator: '=', value: 'x' }]);
});
