/** The queries that follow from what is chosen on the logs page. */
import { t } from '@grafana/i18n';

import type { LogLabel } from '../../query/logs/logLabels';
import type { Keyword } from '../../query/logs/logKeywords';
import { logLines, logVolume, buildStreamSelector, type LogSelection } from '../../query/logs/logql';
import { workerPodsByName, workerPodsByType } from '../../query/resources';
import { contains, equals, escapeRegex, matches, oneOf, type Matcher } from '../../query/escape';
import { getCurrentLogLabels } from '../../data/logs/detectLogLabels';
import { buildLokiQueries } from '../../data/requests/queryRunners';
import { SEDNA_NAMESPACE } from '../../sedna/kinds';
import { COMPONENTS, type Selection } from './selection';

/** Lines that one look fetches at most; more are fetched by scrolling. */
export const LINE_LIMIT = 500;

const given = (label: string, value: string): Matcher[] => (value === '' ? [] : [equals(label, value)]);

/** What chooses the streams, by the names of `LogLabel`. */
export function matchersOf({ namespace, pods, container, node, job, component, worker }: Selection): Matcher[] {
  const part = COMPONENTS.find(({ id }) => id === component);
  return [
    ...given('namespace', namespace),
    ...(part ? [equals('namespace', SEDNA_NAMESPACE), matches('pod', `${part.podPrefix}.+`)] : []),
    ...(pods.length === 0 ? [] : [oneOf('pod', pods)]),
    ...(job === '' ? [] : [worker === '' ? workerPodsByName(job) : workerPodsByType(worker, job)]),
    ...(job === '' && worker !== '' ? [workerPodsByType(worker)] : []),
    ...given('container', container),
    ...given('node', node),
  ];
}

/** Keywords with the switches that are on. */
export function keywordsOf({ include, exclude, switches }: Selection): Keyword[] {
  const mode = {
    matchCase: switches.includes('case'),
    wholeWord: switches.includes('word'),
    isPattern: switches.includes('regex'),
  };
  return [...include.map((text) => ({ text, ...mode })), ...exclude.map((text) => ({ text, ...mode, exclude: true }))];
}

/** What to mark in the lines that are found: regular expressions of JavaScript. */
export const marksOf = ({ include, switches }: Selection): string[] =>
  include.map(
    (text) => (switches.includes('case') ? '' : '(?i)') + (switches.includes('regex') ? text : escapeRegex(text))
  );

/** Which lines are searched for. */
export const logSelection = (selection: Selection): LogSelection => ({
  matchers: matchersOf(selection),
  keywords: keywordsOf(selection),
  any: selection.switches.includes('any'),
  levels: selection.levels,
});

/** LogQL of the lines, each with its level and where in the code it was written. */
export const linesExpression = (selection: Selection): string =>
  logLines({ ...logSelection(selection), source: true, colours: selection.colours === 'on' }, getCurrentLogLabels());

/** The query for the lines. */
export const lineQueries = (selection: Selection) =>
  buildLokiQueries([
    {
      refId: 'lines',
      expr: linesExpression(selection),
      maxLines: LINE_LIMIT,
      direction: selection.order === 'oldest' ? 'forward' : 'backward',
    },
  ]);

/** LogQL of the count of the same lines by level over time. */
export const volumeExpression = (selection: Selection): string =>
  logVolume(logSelection(selection), '$__auto', getCurrentLogLabels());

/** The streams that are searched, as the index knows them. */
export const searchedStreams = (selection: Selection): string =>
  buildStreamSelector(matchersOf(selection), getCurrentLogLabels());

/** Within what else is chosen, and by what is typed: which values of a label may be chosen. */
export function choiceMatchers(selection: Selection, label: LogLabel, typed = ''): Matcher[] {
  const others = { ...selection, ...(label === 'pod' ? { pods: [] } : { [label]: '' }) };
  return [...matchersOf(others), ...(typed === '' ? [] : [contains(label, typed)])];
}

/** How a person calls a type of worker. */
export const workerTitle = (type: string): string =>
  ({
    train: t('logs.worker.train', 'Train (train)'),
    eval: t('logs.worker.eval', 'Eval (eval)'),
    inference: t('logs.worker.inference', 'Deploy (inference)'),
  })[type] ?? type;
