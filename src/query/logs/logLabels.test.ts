import { LOG_LABEL_SCHEMES, parseLogOrigin } from '../../sedna/logs';
import { contains, equals, noneOf, oneOf, type Matcher } from '../escape';
import { buildPlaceMatchers, getLogLabelNames, LOG_LABELS, type LogLabelNames } from './logLabels';
import { buildStreamSelector, logLines } from './logql';

type Labels = Record<string, string>;

/** A line as Loki has it: matchers of the index see the stream labels, filters see both. */
interface Line {
  stream: Labels;
  metadata: Labels;
}

function isMatch({ label, operator, value }: Matcher, labels: Labels): boolean {
  const found = labels[label] ?? '';
  const flags = value.includes('(?i)') ? 'i' : '';
  const isEqual = operator.endsWith('~')
    ? new RegExp(`^(?:${value.replace('(?i)', '')})$`, flags).test(found)
    : found === value;
  return operator.startsWith('!') !== isEqual;
}

const find = (lines: readonly Line[], matchers: readonly Matcher[], names: LogLabelNames) => {
  const { streams, metadata } = buildPlaceMatchers(matchers, names);
  return lines.filter(
    ({ stream, metadata: own }) =>
      streams.every((matcher) => isMatch(matcher, stream)) &&
      metadata.every((alternatives) => alternatives.some((matcher) => isMatch(matcher, { ...stream, ...own })))
  );
};

const PODS = ['dog-train-a', 'dog-eval-b', 'cat-train-c'];
const NAMESPACES = ['robots', 'farms'];

/** Lines of a collector with the names of a scheme, with the pod in the index or not. */
const createLines = (index: number, podInIndex: boolean): Line[] =>
  NAMESPACES.flatMap((namespace) =>
    PODS.map((pod) => {
      const scheme = LOG_LABEL_SCHEMES[index];
      const place = { [scheme.pod[0]]: pod };
      return {
        stream: {
          service_name: 'x',
          [scheme.namespace[0]]: namespace,
          [scheme.container[0]]: 'c',
          ...(podInIndex ? place : {}),
        },
        metadata: podInIndex ? {} : place,
      };
    })
  );

const INDEXES = LOG_LABEL_SCHEMES.map((_, index) => index);
const getStreamLabels = (lines: readonly Line[]) => [...new Set(lines.flatMap(({ stream }) => Object.keys(stream)))];

const SEARCHES: ReadonlyArray<readonly [string, Matcher[], (namespace: string, pod: string) => boolean]> = [
  ['a namespace', [equals('namespace', 'robots')], (namespace) => namespace === 'robots'],
  ['a pod', [equals('namespace', 'robots'), equals('pod', PODS[0])], (n, pod) => n === 'robots' && pod === PODS[0]],
  [
    'pods',
    [equals('namespace', 'farms'), oneOf('pod', [PODS[0], PODS[2]])],
    (n, pod) => n === 'farms' && pod !== PODS[1],
  ],
  ['a part of a name', [oneOf('namespace', NAMESPACES), contains('pod', 'DOG')], (_, pod) => pod.startsWith('dog')],
  [
    'all but a pod',
    [equals('namespace', 'robots'), noneOf('pod', [PODS[0]])],
    (n, pod) => n === 'robots' && pod !== PODS[0],
  ],
];

function checkSearch(lines: readonly Line[], names: LogLabelNames): void {
  for (const [, matchers, isExpected] of SEARCHES) {
    const expected = lines.filter(({ stream, metadata }) => {
      const { namespace = '', pod = '' } = parseLogOrigin({ ...stream, ...metadata });
      return namespace !== '' && isExpected(namespace, pod);
    });
    expect(expected.length).toBeGreaterThan(0);
    expect(find(lines, matchers, names)).toEqual(expected);
  }
}

describe('log labels', () => {
  it.each(INDEXES)('finds the lines of scheme %d, with the pod in the index or as structured metadata', (index) => {
    for (const podInIndex of [true, false]) {
      const lines = createLines(index, podInIndex);
      checkSearch(lines, getLogLabelNames(getStreamLabels(lines)));
    }
  });

  it.each(INDEXES.flatMap((one) => INDEXES.filter((other) => other > one).map((other) => [one, other])))(
    'finds the lines of the schemes %d and %d in one search',
    (one, other) => {
      for (const [first, second] of [
        [true, true],
        [true, false],
        [false, true],
        [false, false],
      ]) {
        const lines = [...createLines(one, first), ...createLines(other, second)];
        const foreign = { stream: { service_name: 'x', app: 'y' }, metadata: {} };
        checkSearch([...lines, foreign], getLogLabelNames(getStreamLabels(lines), 'service_name'));
      }
    }
  );

  it('uses one scheme if no label is shared', () =>
    expect(getLogLabelNames(['namespace', 'pod', 'k8s_namespace_name'])).not.toHaveProperty('others'));

  it('writes a mixture as LogQL that Loki accepts', () => {
    const names = getLogLabelNames(['namespace', 'pod', 'k8s_namespace_name', 'service_name'], 'service_name');
    expect(logLines({ matchers: [equals('namespace', 'a.b'), equals('pod', 'p')] }, names)).toMatch(
      '{service_name=~".+", namespace=~"(?:a\\\\.b)|", k8s_namespace_name=~"(?:a\\\\.b)|", pod=~"(?:p)|"}' +
        ' | namespace="a.b" or k8s_namespace_name="a.b" | pod="p" or k8s_pod_name="p" | decolorize'
    );
    expect(() => buildStreamSelector([equals('pod', 'p')], names)).toThrow(/namespace/);
    expect(() => buildStreamSelector([], names)).toThrow(/namespace/);
  });

  it.each(LOG_LABELS)('knows the %s of every scheme in a line', (label) => {
    for (const name of LOG_LABEL_SCHEMES.flatMap((scheme) => scheme[label])) {
      expect(parseLogOrigin({ [name]: 'v' })[label]).toBe('v');
    }
  });
});
