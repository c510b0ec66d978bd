/**
 * What single messages of Sedna say, as data: the rules that make metrics of logs are generated from them. `contains`
 * stands in every such line and is searched first; `pattern` (RE2) is matched against the entry after colour codes are
 * gone. Its named groups are the values; none of them has the name of a label that log streams have.
 */
import type { LogStream } from './logStreams';

export interface LogMessage {
  stream: LogStream['id'];
  contains: string;
  pattern: string;
}

/** `[<level>] - ` of a worker's line. */
const WORKER_MESSAGE = '\\[[A-Z]+\\] ?- ';

/** A job or dataset as the local controller names it, `default/lifelonglearningjob/atcii-classifier-demo`. */
const lcKey = (resource: string) => `(?P<object_namespace>[^/()=\\s]+)/${resource}/(?P<object_name>[^/()=\\s]+)`;

/** A number that Prometheus reads as one, as group `value`; numpy 2 prints its own type around it. */
export const NUMBER_PATTERN = '(?:np\\.float(?:16|32|64)\\()?(?P<value>-?[0-9]+(?:[.][0-9]*)?(?:e[+-]?[0-9]+)?)\\)?';

export const LOG_MESSAGES = {
  /** Groups object_namespace, object_name, stage (`train` or `eval`), value. */
  stageSamples: {
    stream: 'local-controller',
    contains: ' samples nums is ',
    pattern: `job\\(${lcKey('lifelonglearningjob')}\\)'s current (?P<stage>train|eval) samples nums is (?P<value>[0-9]+)`,
  },
  /** Groups object_namespace, object_name. */
  deployFailed: {
    stream: 'local-controller',
    contains: 'failed to update model for job',
    pattern: `failed to update model for job\\((?:name=)?${lcKey('lifelonglearningjob')}\\)`,
  },
  /** Groups object_namespace, object_name, and outcome: `successfully` where the dataset was read. */
  datasetRead: {
    stream: 'local-controller',
    contains: 'dataset(name=',
    pattern: `dataset\\(name=${lcKey('dataset')}\\) get samples from .+? (?P<outcome>successfully|failed)[.,]`,
  },
  /** Groups object_namespace, object_name: a job asks for a dataset that the local controller has not read. */
  datasetMissing: {
    stream: 'local-controller',
    contains: 'not exists dataset(name=',
    pattern: `failed to load dataset, and waiting it: not exists dataset\\(name=${lcKey('dataset')}\\)`,
  },
  /** Groups outcome (`established` or `closed`), object_node. */
  connection: {
    stream: 'global-manager',
    contains: ' connection for node ',
    pattern: '\\] (?P<outcome>established|closed) connection for node (?P<object_node>\\S+)',
  },
  /** A local controller does not reach the global manager; it tries without end. No groups of use. */
  connectionFailed: {
    stream: 'local-controller',
    contains: 'client tries to connect global manager(address: ',
    pattern: 'client tries to connect global manager\\(address: [^)]*\\) (?P<outcome>failed)',
  },
  /** Groups url, task. */
  sampleUploaded: {
    stream: 'worker',
    contains: 'Upload task sample to ',
    pattern: 'Upload task sample to (?P<url>\\S*?[=/](?P<task>[^=/&?\\s]+)\\.sample\\S*) successfully',
  },
  /** Groups task and, where it has scores, the first of them as metric and value. */
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
  /** Group round: that of the training whose index an evaluation reads; it may begin anew, so it is no key. */
  evaluationStarted: {
    stream: 'worker',
    contains: 'Download kb index from ',
    pattern: `${WORKER_MESSAGE}Download kb index from \\S+/train/(?P<round>[0-9]+)/`,
  },
  /** No groups of use: every task of an evaluation was looked at. */
  evaluationFinished: {
    stream: 'worker',
    contains: 'Task evaluation finishes',
    pattern: `${WORKER_MESSAGE}Task evaluation finishes`,
  },
  /** The knowledge base has no index.pkl to update; no groups of use. */
  indexLost: {
    stream: 'knowledge-base',
    contains: '"POST /knowledgebase/update/status HTTP/',
    pattern: '^INFO: .*"POST /knowledgebase/update/status HTTP/[0-9.]+" (?P<outcome>5[0-9]{2})',
  },
  /** The knowledge base has answered with a quoted file name, whose first byte, 34, a worker took for a pickle. */
  modelLost: {
    stream: 'worker',
    contains: 'KeyError: 34',
    pattern: '(?:^|\\n)(?P<outcome>KeyError): 34(?:\\n|$)',
  },
} as const satisfies Record<string, LogMessage>;

/** How many scores of one line become series; a task with more of them shows the first ones. */
export const SCORES_PER_LINE = 8;

/**
 * The score at a place (from 0) of a line `<task> scores: {'<metric>': <value>, ...}`: groups task, metric, value.
 * A value that is no number ends what can be read of the line.
 */
export function buildScorePattern(place: number): string {
  return `${LOG_MESSAGES.taskScored.pattern}(?:'[^']+': [^,}]+, ){${place}}'(?P<metric>[^']+)': ${NUMBER_PATTERN}[,}]`;
}

/** A line of an inference worker that stands for one sample. */
export interface InferenceMessage {
  /** Whether the sample enters inference, or how it left it. */
  state: 'started' | 'done' | 'error';
  /** Whether the sample belongs to a known task; `any` where the line does not tell. */
  task: 'known' | 'unknown' | 'any';
  /** Stands in every such line. */
  contains: string;
  /** RE2 pattern, where the fixed text alone does not tell. */
  pattern?: string;
}

/**
 * Sedna counts no inferences. These are lines of its cityscapes example (`predict.py`), which logs for each image when
 * it starts and, once it is through, whether its task is unseen. Give the rule generator those of your own job.
 */
export const INFERENCE_MESSAGES: readonly InferenceMessage[] = [
  { state: 'started', task: 'any', contains: 'Start to inference image ' },
  { state: 'done', task: 'unknown', contains: ' is unseen task: True' },
  { state: 'done', task: 'known', contains: ' is unseen task: False' },
];
