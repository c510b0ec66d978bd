/** LogQL of a selection. */
import type { LogLabel } from '../../query/logs/logLabels';
import type { Keyword } from '../../query/logs/logKeywords';
import { logLines, logVolume, buildStreamSelector, type LogSelection } from '../../query/logs/logql';
import { workerPodsByName, workerPodsByType } from '../../query/resources';
import { contains, equals, escapeRegex, matches, noneOf, oneOf, type Matcher } from '../../query/escape';
import { getCurrentLogLabels } from '../../data/logs/detectLogLabels';
import { buildLokiQueries } from '../../data/requests/queryRunners';
import { JOURNAL_SOURCE } from '../../sedna/journal/entry';
import { SEDNA_NAMESPACE } from '../../sedna/kinds';
import { COMPONENTS, type Selection } from './selection';
import { t } from '../../platform/i18n';

/** Lines of one query; scrolling fetches more. */
export const MAX_LINES = 500;

const equalsUnlessEmpty = (label: string, value: string): Matcher[] => (value === '' ? [] : [equals(label, value)]);

/** Builds the matchers of the streams; label names are those of `LogLabel`. */
export function buildStreamMatchers({
  namespace,
  pods,
  container,
  node,
  job,
  component,
  worker,
}: Selection): Matcher[] {
  // The journal isn't a log, and its streams have no pod: only a whole namespace would have its lines.
  const isWholeNamespace =
    namespace !== '' && [...pods, container, node, job, component, worker].every((each) => each === '');
  const sednaComponent = COMPONENTS.find(({ id }) => id === component);
  return [
    ...equalsUnlessEmpty('namespace', namespace),
    ...(sednaComponent ? [equals('namespace', SEDNA_NAMESPACE), matches('pod', `${sednaComponent.podPrefix}.+`)] : []),
    ...(pods.length === 0 ? [] : [oneOf('pod', pods)]),
    ...(job === '' ? [] : [worker === '' ? workerPodsByName(job) : workerPodsByType(worker, job)]),
    ...(job === '' && worker !== '' ? [workerPodsByType(worker)] : []),
    ...equalsUnlessEmpty('container', container),
    ...equalsUnlessEmpty('node', node),
    ...(isWholeNamespace ? [noneOf('source', [JOURNAL_SOURCE])] : []),
  ];
}

export function toKeywords({ include, exclude, keywordOptions }: Selection): Keyword[] {
  const options = {
    matchCase: keywordOptions.includes('case'),
    wholeWord: keywordOptions.includes('word'),
    isPattern: keywordOptions.includes('regex'),
  };
  return [
    ...include.map((text) => ({ text, ...options })),
    ...exclude.map((text) => ({ text, ...options, exclude: true })),
  ];
}

/** Builds the JavaScript regular expressions that highlight keywords in lines. */
export const buildHighlightPatterns = ({ include, keywordOptions }: Selection): string[] =>
  include.map(
    (text) =>
      (keywordOptions.includes('case') ? '' : '(?i)') + (keywordOptions.includes('regex') ? text : escapeRegex(text))
  );

export const toLogSelection = (selection: Selection): LogSelection => ({
  matchers: buildStreamMatchers(selection),
  keywords: toKeywords(selection),
  any: selection.keywordOptions.includes('any'),
  levels: selection.levels,
});

/** Builds the LogQL of the lines, each with its level and source position as labels. */
export const buildLinesExpression = (selection: Selection): string =>
  logLines({ ...toLogSelection(selection), source: true, colours: selection.colors === 'on' }, getCurrentLogLabels());

export const buildLineQueries = (selection: Selection) =>
  buildLokiQueries([
    {
      refId: 'lines',
      expr: buildLinesExpression(selection),
      maxLines: MAX_LINES,
      direction: selection.order === 'oldest' ? 'forward' : 'backward',
    },
  ]);

/** Builds the LogQL that counts the same lines by level over time. */
export const buildVolumeExpression = (selection: Selection): string =>
  logVolume(toLogSelection(selection), '$__auto', getCurrentLogLabels());

/** Builds the selector of the streams, as Loki's index endpoints take it. */
export const buildSearchStreamSelector = (selection: Selection): string =>
  buildStreamSelector(buildStreamMatchers(selection), getCurrentLogLabels());

/**
 * Builds the matchers that find the options of a label: the matchers of all other fields, and one for values that
 * contain the typed text.
 */
export function buildOptionMatchers(selection: Selection, label: LogLabel, typed = ''): Matcher[] {
  const others = { ...selection, ...(label === 'pod' ? { pods: [] } : { [label]: '' }) };
  return [...buildStreamMatchers(others), ...(typed === '' ? [] : [contains(label, typed)])];
}

/** Formats a worker type with the stage that it runs; an unknown type stays as it is. */
export const formatWorkerType = (type: string): string =>
  ({
    train: t('logs.worker.train', 'Train (train)'),
    eval: t('logs.worker.eval', 'Eval (eval)'),
    inference: t('logs.worker.inference', 'Deploy (inference)'),
  })[type] ?? type;
