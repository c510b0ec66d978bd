/** Log messages that become metrics: the Loki rules are generated from them. */
import { KINDS } from '../kinds';
import type { LogStream } from './logStreams';

export interface LogMessage {
  stream: LogStream['id'];
  /** Text of every such line, which Loki searches first. */
  contains: string;
  /**
   * RE2 pattern, matched against the entry without color codes. Its named groups are the values; none may have the name of a
   * stream label.
   */
  pattern: string;
}

/** Kinds whose samples and deployments the local controller logs. */
export const STAGED_KINDS = KINDS.filter(({ staged }) => staged).map(({ kind }) => kind);

/** `[<level>] - ` of a worker's line. */
const WORKER_MESSAGE = '\\[[A-Z]+\\] ?- ';

/** Builds the pattern of an object's key in the local controller: `default/lifelonglearningjob/atcii-classifier-demo`. */
const buildKeyPattern = (resource: string) =>
  `(?P<object_namespace>[^/()=\\s]+)/${resource}/(?P<object_name>[^/()=\\s]+)`;

/** Key of a job with stages; its kind in lowercase is the group object_kind. */
const JOB_KEY = buildKeyPattern(`(?P<object_kind>${STAGED_KINDS.map((kind) => kind.toLowerCase()).join('|')})`);

/** Number that Prometheus can parse, as group `value`. NumPy 2 prints its type around it. */
export const NUMBER_PATTERN = '(?:np\\.float(?:16|32|64)\\()?(?P<value>-?[0-9]+(?:[.][0-9]*)?(?:e[+-]?[0-9]+)?)\\)?';

export const LOG_MESSAGES = {
  /** Groups object_namespace, object_kind, object_name, stage (`train` or `eval`), value. */
  stageSamples: {
    stream: 'local-controller',
    contains: ' samples nums is ',
    pattern: `job\\(${JOB_KEY}\\)'s current (?P<stage>train|eval) samples nums is (?P<value>[0-9]+)`,
  },
  /** Groups object_namespace, object_kind, object_name. */
  deployFailed: {
    stream: 'local-controller',
    contains: 'failed to update model for job',
    pattern: `failed to update model for job\\((?:name=)?${JOB_KEY}\\)`,
  },
  /** Groups object_namespace, object_name, and outcome: `successfully` or `failed`. */
  datasetRead: {
    stream: 'local-controller',
    contains: 'dataset(name=',
    pattern: `dataset\\(name=${buildKeyPattern('dataset')}\\) get samples from .+? (?P<outcome>successfully|failed)[.,]`,
  },
  /** A job needs a dataset that the local controller hasn't read: groups object_namespace, object_name. */
  datasetMissing: {
    stream: 'local-controller',
    contains: 'not exists dataset(name=',
    pattern: `failed to load dataset, and waiting it: not exists dataset\\(name=${buildKeyPattern('dataset')}\\)`,
  },
  /** Groups outcome (`established` or `closed`), object_node. */
  connection: {
    stream: 'global-manager',
    contains: ' connection for node ',
    pattern: '\\] (?P<outcome>established|closed) connection for node (?P<object_node>\\S+)',
  },
  /** A local controller can't reach the global manager; it retries forever. */
  connectionFailed: {
    stream: 'local-controller',
    contains: 'client tries to connect global manager(address: ',
    pattern: 'client tries to connect global manager\\(address: [^)]*\\) (?P<outcome>failed)',
  },
  /** Groups url, task. The file is `<data type>_<task>.sample`, and a task may contain underscores itself. */
  sampleUploaded: {
    stream: 'worker',
    contains: 'Upload task sample to ',
    pattern:
      'Upload task sample to (?P<url>\\S*?[=/](?:[^=/&?_\\s]*_)?(?P<task>[^=/&?\\s]+)\\.sample\\S*) successfully',
  },
  /** Group task. */
  taskScored: {
    stream: 'worker',
    contains: ' scores: {',
    pattern: `${WORKER_MESSAGE}(?P<task>.+) scores: \\{`,
  },
  /** Group task. */
  taskDropped: {
    stream: 'worker',
    contains: ' will not be deploy because',
    pattern: `${WORKER_MESSAGE}(?P<task>.+) will not be deploy because`,
  },
  /** Group round: the training round whose index the evaluation reads. It restarts at 1, so it isn't unique. */
  evaluationStarted: {
    stream: 'worker',
    contains: 'Download kb index from ',
    pattern: `${WORKER_MESSAGE}Download kb index from \\S+/train/(?P<round>[0-9]+)/`,
  },
  /** All tasks were evaluated. */
  evaluationFinished: {
    stream: 'worker',
    contains: 'Task evaluation finishes',
    pattern: `${WORKER_MESSAGE}Task evaluation finishes`,
  },
  /** The knowledge base has no index.pkl to update. */
  indexLost: {
    stream: 'knowledge-base',
    contains: '"POST /knowledgebase/update/status HTTP/',
    pattern: '^INFO: .*"POST /knowledgebase/update/status HTTP/[0-9.]+" (?P<outcome>5[0-9]{2})',
  },
  /** The knowledge base returned a quoted file name, and the worker tried to unpickle its first byte, 34. */
  modelLost: {
    stream: 'worker',
    contains: 'KeyError: 34',
    pattern: '(?:^|\\n)(?P<outcome>KeyError): 34(?:\\n|$)',
  },
} as const satisfies Record<string, LogMessage>;

/** Maximum number of scores of a line that become series; further ones are left out. */
export const SCORES_PER_LINE = 8;

/**
 * Builds the pattern of one score in a line `<task> scores: {'<metric>': <value>, ...}`: groups task, metric, value.
 * @param index - from 0
 */
export function buildScorePattern(index: number): string {
  return `${LOG_MESSAGES.taskScored.pattern}(?:'[^']+': [^,}]+, ){${index}}'(?P<metric>[^']+)': ${NUMBER_PATTERN}[,}]`;
}

/** A line of an inference worker about one sample. */
export interface InferenceMessage {
  /** Whether inference of the sample started, completed, or failed. */
  state: 'started' | 'done' | 'error';
  /** Whether the sample belongs to a known task; `any` if the line doesn't contain it. */
  task: 'known' | 'unknown' | 'any';
  /** Text of every such line. */
  contains: string;
  /** RE2 pattern, if the text alone isn't enough. */
  pattern?: string;
}

/**
 * Sedna doesn't count inferences. These lines are from its cityscapes example (`predict.py`), which logs the start of each
 * image, and at its end whether the task is unseen. Pass the lines of your own job to the rule generator.
 */
export const INFERENCE_MESSAGES: readonly InferenceMessage[] = [
  { state: 'started', task: 'any', contains: 'Start to inference image ' },
  { state: 'done', task: 'unknown', contains: ' is unseen task: True' },
  { state: 'done', task: 'known', contains: ' is unseen task: False' },
];
