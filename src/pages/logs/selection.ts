/** What a person chose on the logs page, and the queries that follow from it. */
import type { SceneObjectUrlValues } from '@grafana/scenes';
import { workerPodsNamed } from '../../query/resources';
import { contains, equals, oneOf, valuesOf, type LabelQuery, type Matcher } from '../../query/text';
import { logLines, logVolume, LEVEL_LABEL, type LogSelection } from '../../query/logql';
import { lokiQueries } from '../../scenes/queries';
import { manyOf, manyTexts, oneText, textsToUrl, textToUrl } from '../../scenes/urlText';
import { LOG_LEVELS, type LogLevel } from '../../sedna/logs';

export interface Selection {
  /** Empty for all. */
  namespace: string;
  pods: string[];
  /** Name of a job: all of its worker pods. */
  job: string;
  include: string[];
  exclude: string[];
  matchCase: boolean;
  /** Empty for all. */
  levels: LogLevel[];
}

export const NOTHING_SELECTED: Selection = {
  namespace: '',
  pods: [],
  job: '',
  include: [],
  exclude: [],
  matchCase: false,
  levels: [],
};

export const SELECTION_KEYS = ['namespace', 'pod', 'job', 'include', 'exclude', 'case', 'level'];

/** Lines that one look fetches at most. */
export const LINE_LIMIT = 500;

/** Reads those parts of the selection that the URL has. */
export function selectionFromUrl(values: SceneObjectUrlValues): Partial<Selection> {
  const read: Partial<Selection> = {};
  if ('namespace' in values) {
    read.namespace = oneText(values.namespace);
  }
  if ('pod' in values) {
    read.pods = manyTexts(values.pod);
  }
  if ('job' in values) {
    read.job = oneText(values.job);
  }
  if ('include' in values) {
    read.include = manyTexts(values.include);
  }
  if ('exclude' in values) {
    read.exclude = manyTexts(values.exclude);
  }
  if ('case' in values) {
    read.matchCase = values.case === 'match';
  }
  if ('level' in values) {
    read.levels = manyOf(values.level, LOG_LEVELS);
  }
  return read;
}

export function selectionToUrl(selection: Selection): SceneObjectUrlValues {
  return {
    namespace: textToUrl(selection.namespace),
    pod: textsToUrl(selection.pods),
    job: textToUrl(selection.job),
    include: textsToUrl(selection.include),
    exclude: textsToUrl(selection.exclude),
    case: selection.matchCase ? 'match' : null,
    level: textsToUrl(selection.levels),
  };
}

/** Whether enough is chosen to ask Loki: it does not search without a namespace or a pod. */
export const isSearchable = ({ namespace, pods, job }: Selection) => namespace !== '' || pods.length > 0 || job !== '';

function matchersOf({ namespace, pods, job }: Selection): Matcher[] {
  return [
    ...(namespace === '' ? [] : [equals('namespace', namespace)]),
    ...(pods.length === 0 ? [] : [oneOf('pod', pods)]),
    ...(job === '' ? [] : [workerPodsNamed(job)]),
  ];
}

function logSelection(selection: Selection): LogSelection {
  const { include, exclude, matchCase, levels } = selection;
  return {
    matchers: matchersOf(selection),
    keywords: [
      ...include.map((text) => ({ text, matchCase })),
      ...exclude.map((text) => ({ text, matchCase, exclude: true })),
    ],
    levels,
  };
}

/** The query for the lines. */
export const lineQueries = (selection: Selection) =>
  lokiQueries([{ refId: 'lines', expr: logLines(logSelection(selection)), maxLines: LINE_LIMIT }]);

/** The query for the count of lines by level over time. */
export const volumeQueries = (selection: Selection) =>
  lokiQueries([{ refId: 'volume', expr: logVolume(logSelection(selection)), legendFormat: `{{${LEVEL_LABEL}}}` }]);

/** Asks for the pods that may be chosen, by namespace and by what is typed. */
export const podValuesQuery = ({ namespace }: Selection, typed: string): LabelQuery =>
  valuesOf('pod', [
    ...(namespace === '' ? [] : [equals('namespace', namespace)]),
    ...(typed === '' ? [] : [contains('pod', typed)]),
  ]);
