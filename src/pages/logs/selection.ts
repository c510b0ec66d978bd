/** What a person chose on the logs page, as data and in the URL. */
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

/** Parts of Sedna that write logs of their own. */
export const COMPONENTS = LOG_STREAMS.filter(({ podPrefix }) => podPrefix !== undefined);

/** What is counted over time: the lines that are shown, which costs nothing, all of the range, or nothing. */
export const VOLUMES = ['shown', 'range', 'off'] as const;
export type Volume = (typeof VOLUMES)[number];

/** What the page shows of the chosen streams. */
export const VIEWS = ['lines', 'scores', 'patterns'] as const;
export type View = (typeof VIEWS)[number];

/** The switches of keywords. */
export const KEYWORD_SWITCHES = ['any', 'case', 'word', 'regex'] as const;
export type KeywordSwitch = (typeof KEYWORD_SWITCHES)[number];

export interface Selection {
  /** Empty for all, as with each of the texts. */
  namespace: string;
  pods: string[];
  container: string;
  node: string;
  /** Name of a job: all of its worker pods. */
  job: string;
  component: LogStream['id'] | '';
  /** Type of worker, which tells the stage: train, eval, inference, ... */
  worker: string;
  include: string[];
  exclude: string[];
  /** `any`: one keyword is enough; `case`: it matters; `word`: whole words; `regex`: keywords are RE2 patterns. */
  switches: KeywordSwitch[];
  levels: LogLevel[];
  order: 'newest' | 'oldest';
  /** Whether lines are shown in the colours that they were written in. */
  colours: 'off' | 'on';
  volume: Volume;
  view: View;
}

export const NOTHING_SELECTED: Selection = {
  namespace: '',
  pods: [],
  container: '',
  node: '',
  job: '',
  component: '',
  worker: '',
  include: [],
  exclude: [],
  switches: [],
  levels: [],
  order: 'newest',
  colours: 'off',
  volume: 'shown',
  view: 'lines',
};

type UrlValue = SceneObjectUrlValues[string];

/** How each part is written to the URL and read from it; what comes from there may be anything. */
const PARTS: { [Part in keyof Selection]: { key: string; read: (value: UrlValue) => Selection[Part] } } = {
  namespace: { key: 'namespace', read: parseString },
  pods: { key: 'pod', read: parseStringList },
  container: { key: 'container', read: parseString },
  node: { key: 'node', read: parseString },
  job: { key: 'job', read: parseString },
  component: { key: 'component', read: (value) => COMPONENTS.find(({ id }) => id === value)?.id ?? '' },
  worker: { key: 'worker', read: (value) => parseEnumList(value, WORKER_TYPES)[0] ?? '' },
  include: { key: 'include', read: parseStringList },
  exclude: { key: 'exclude', read: parseStringList },
  switches: { key: 'keywords', read: (value) => parseEnumList(value, KEYWORD_SWITCHES) },
  levels: { key: 'level', read: (value) => parseEnumList(value, LOG_LEVELS) },
  order: { key: 'order', read: (value) => (value === 'oldest' ? 'oldest' : 'newest') },
  colours: { key: 'colours', read: (value) => (value === 'on' ? 'on' : 'off') },
  volume: { key: 'volume', read: (value) => parseEnumList(value, VOLUMES)[0] ?? 'shown' },
  view: { key: 'view', read: (value) => parseEnumList(value, VIEWS)[0] ?? 'lines' },
};
const PART_NAMES = Object.keys(PARTS) as Array<keyof Selection>;

export const SELECTION_KEYS = PART_NAMES.map((part) => PARTS[part].key);

/** Reads those parts of the selection that the URL has. */
export const selectionFromUrl = (values: SceneObjectUrlValues): Partial<Selection> =>
  Object.fromEntries(
    PART_NAMES.filter((part) => PARTS[part].key in values).map((part) => [
      part,
      PARTS[part].read(values[PARTS[part].key]),
    ])
  );

/** Writes what differs from nothing chosen. */
export function selectionToUrl(selection: Selection): SceneObjectUrlValues {
  const write = (part: keyof Selection) => {
    const value = selection[part];
    if (typeof value === 'string') {
      return value === NOTHING_SELECTED[part] ? null : formatString(value);
    }
    return formatStringList(value);
  };
  return Object.fromEntries(PART_NAMES.map((part) => [PARTS[part].key, write(part)]));
}

/** Whether enough is chosen to ask Loki: it does not search without a namespace, a pod, a job or a component. */
export const isSearchable = ({ namespace, pods, job, component }: Selection) =>
  namespace !== '' || pods.length > 0 || job !== '' || component !== '';

const isOn = ({ switches }: Selection, one: KeywordSwitch) => switches.includes(one);

/** Whether keywords choose lines, and are patterns that Loki may not be able to read. */
export const hasPatterns = (selection: Selection) =>
  selection.view === 'lines' && isOn(selection, 'regex') && selection.include.length + selection.exclude.length > 0;
