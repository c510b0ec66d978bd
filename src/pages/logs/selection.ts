/** The search state of the logs page, as data and in the URL. */
import type { SceneObjectUrlValues } from '@grafana/scenes';
import {
  parseEnumList,
  parseStringList,
  parseString,
  formatStringList,
  formatString,
} from '../../platform/links/urlParams';
import { LOG_LEVELS, LOG_STREAMS, type LogLevel, type LogStream } from '../../sedna/logs';
import { WORKER_TYPES } from '../../sedna/kinds/workers';

/** Components of Sedna that write logs of their own. */
export const COMPONENTS = LOG_STREAMS.filter(({ podPrefix }) => podPrefix !== undefined);

/** Lines that the volume counts: those shown, which needs no query, all of the time range, or none. */
export const VOLUMES = ['shown', 'range', 'off'] as const;
export type Volume = (typeof VOLUMES)[number];

export const VIEWS = ['lines', 'scores', 'patterns'] as const;
export type View = (typeof VIEWS)[number];

/** `any`: one keyword is enough; `case`: match case; `word`: whole words; `regex`: keywords are RE2 patterns. */
export const KEYWORD_OPTIONS = ['any', 'case', 'word', 'regex'] as const;
export type KeywordOption = (typeof KEYWORD_OPTIONS)[number];

/** An empty text or list matches everything. */
export interface Selection {
  namespace: string;
  pods: string[];
  container: string;
  node: string;
  /** Name of a job; stands for all of its worker pods. */
  job: string;
  component: LogStream['id'] | '';
  /** Type of worker, which identifies the stage: train, eval, inference, ... */
  worker: string;
  include: string[];
  exclude: string[];
  keywordOptions: KeywordOption[];
  levels: LogLevel[];
  order: 'newest' | 'oldest';
  /** `on` keeps the ANSI colors of the lines. */
  colors: 'off' | 'on';
  volume: Volume;
  view: View;
}

export const DEFAULT_SELECTION: Selection = {
  namespace: '',
  pods: [],
  container: '',
  node: '',
  job: '',
  component: '',
  worker: '',
  include: [],
  exclude: [],
  keywordOptions: [],
  levels: [],
  order: 'newest',
  colors: 'off',
  volume: 'shown',
  view: 'lines',
};

type UrlValue = SceneObjectUrlValues[string];

/** URL key and parser of each field. Parsers accept anything and fall back to the default. */
const URL_PARAMS: { [Field in keyof Selection]: { key: string; parse: (value: UrlValue) => Selection[Field] } } = {
  namespace: { key: 'namespace', parse: parseString },
  pods: { key: 'pod', parse: parseStringList },
  container: { key: 'container', parse: parseString },
  node: { key: 'node', parse: parseString },
  job: { key: 'job', parse: parseString },
  component: { key: 'component', parse: (value) => COMPONENTS.find(({ id }) => id === value)?.id ?? '' },
  worker: { key: 'worker', parse: (value) => parseEnumList(value, WORKER_TYPES)[0] ?? '' },
  include: { key: 'include', parse: parseStringList },
  exclude: { key: 'exclude', parse: parseStringList },
  // Bookmarks and saved searches contain the keys `keywords` and `colours`.
  keywordOptions: { key: 'keywords', parse: (value) => parseEnumList(value, KEYWORD_OPTIONS) },
  levels: { key: 'level', parse: (value) => parseEnumList(value, LOG_LEVELS) },
  order: { key: 'order', parse: (value) => (value === 'oldest' ? 'oldest' : 'newest') },
  colors: { key: 'colours', parse: (value) => (value === 'on' ? 'on' : 'off') },
  volume: { key: 'volume', parse: (value) => parseEnumList(value, VOLUMES)[0] ?? 'shown' },
  view: { key: 'view', parse: (value) => parseEnumList(value, VIEWS)[0] ?? 'lines' },
};
const FIELDS = Object.keys(URL_PARAMS) as Array<keyof Selection>;

export const SELECTION_KEYS = FIELDS.map((field) => URL_PARAMS[field].key);

/** Parses only the fields whose keys are in the URL. */
export const parseSelection = (values: SceneObjectUrlValues): Partial<Selection> =>
  Object.fromEntries(
    FIELDS.filter((field) => URL_PARAMS[field].key in values).map((field) => [
      field,
      URL_PARAMS[field].parse(values[URL_PARAMS[field].key]),
    ])
  );

/** Converts a selection to URL values; null removes the key of a field that has its default. */
export function toUrlValues(selection: Selection): SceneObjectUrlValues {
  const toUrlValue = (field: keyof Selection) => {
    const value = selection[field];
    if (typeof value === 'string') {
      return value === DEFAULT_SELECTION[field] ? null : formatString(value);
    }
    return formatStringList(value);
  };
  return Object.fromEntries(FIELDS.map((field) => [URL_PARAMS[field].key, toUrlValue(field)]));
}

/** Drops everything else from an object that contains a selection. */
export const pickSelection = (state: Selection): Selection =>
  Object.fromEntries(FIELDS.map((field) => [field, state[field]])) as unknown as Selection;

/** Whether Loki may be queried: a search needs a namespace, a pod, a job, or a component. */
export const isSearchable = ({ namespace, pods, job, component }: Selection) =>
  namespace !== '' || pods.length > 0 || job !== '' || component !== '';

/** Whether keywords filter lines and are regular expressions, which Loki may fail to parse. */
export const hasRegexKeywords = ({ view, keywordOptions, include, exclude }: Selection) =>
  view === 'lines' && keywordOptions.includes('regex') && include.length + exclude.length > 0;
