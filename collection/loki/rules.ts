import path from 'node:path';
import { LOG_STREAMS } from '../../src/sedna/logs';
import {
  INFERENCE_MESSAGES,
  LOG_MESSAGES,
  buildScorePattern,
  SCORES_PER_LINE,
  type InferenceMessage,
  type LogMessage,
} from '../../src/sedna/logs/logMessages';
import { anyWorkerPod } from '../../src/query/resources';
import { buildLineFilter } from '../../src/query/logs/logKeywords';
import { STRIP_COLORS_STAGE, LEVEL_LABEL, LEVEL_STAGES } from '../../src/query/logs/logql';
import { equals, formatLabelList, matches, quote, buildMatchers } from '../../src/query/escape';
import { buildYamlFile, type GeneratedFile } from '../../tools/generators/generatedFiles';

export interface LokiRuleOptions {
  /** Seconds between two evaluations, and the seconds of lines that each of them reads. */
  intervalSeconds?: number;
  /** Seconds that a line may take to reach Loki and still be counted; so late is every sample, too. */
  delaySeconds?: number;
  /** Lines that count inferred samples. */
  inference?: readonly InferenceMessage[];
}

export interface LokiRule {
  record: string;
  expr: string;
}

export interface LokiRuleFile {
  groups: Array<{ name: string; interval: string; rules: LokiRule[] }>;
}

/** What names a worker pod and an object; `cluster` is there only where several clusters share one Loki. */
const POD = ['cluster', 'namespace', 'pod'];
const OBJECT = ['cluster', 'namespace', 'name', 'kind'];

const duration = (seconds: number) => (seconds % 60 === 0 ? `${seconds / 60}m` : `${seconds}s`);

/** Selector of a part of Sedna, or of the worker pods, whose containers the user names: see {@link anyWorkerPod}. */
function selector(stream: LogMessage['stream']): string {
  const { container, podPrefix } = LOG_STREAMS.find(({ id }) => id === stream)!;
  return container
    ? buildMatchers([equals('container', container), matches('pod', `${podPrefix}.+`)])
    : buildMatchers([anyWorkerPod()]);
}

/** Lines of one message with its groups as labels; `group` is one that every match fills. */
function lines({ stream, contains, pattern }: LogMessage, group: string): string {
  const filter = buildLineFilter({ text: contains, matchCase: true });
  return `${selector(stream)}${filter} | decolorize | regexp ${quote(pattern)} | ${formatLabelList([group])}!=""`;
}

/** The object that the line names takes the place of the pod that wrote the line. */
const named = (kind: string) => ` | label_format namespace=object_namespace, name=object_name, kind=${quote(kind)}`;

/** 1 where a label has this text, else 0, as `value`. */
const isText = (label: string, text: string) => {
  const template = `{{if eq .${label} "${text}"}}1{{else}}0{{end}}`;
  return ` | label_format value=${quote(template)}`;
};

const sum = (by: readonly string[], of: string) => `sum by (${formatLabelList(by)}) (${of})`;

/** Adds labels with a fixed text to every series. */
const withLabels = (expr: string, labels: Readonly<Record<string, string>>) =>
  Object.entries(labels).reduce(
    (inner, [label, text]) => `label_replace(${inner}, ${quote(label)}, ${quote(text)}, "", "")`,
    expr
  );

/**
 * The rules that make metrics of logs. Each evaluation reads the interval that ended `delaySeconds` ago, so that
 * neighbouring evaluations share no line and miss none.
 */
export function lokiRules(options: LokiRuleOptions = {}): LokiRuleFile {
  const { intervalSeconds = 60, delaySeconds = 60, inference = INFERENCE_MESSAGES } = options;
  const range = `[${duration(intervalSeconds)}] offset ${duration(delaySeconds)}`;
  /** The same with the start of what is not counted yet: lines that belong to one that is counted now. */
  const early = Math.floor(delaySeconds / 2);
  const rangeAndAfter = `[${duration(intervalSeconds + delaySeconds - early)}] offset ${duration(early)}`;

  const count = (by: readonly string[], of: string, over = range) => sum(by, `count_over_time(${of} ${over})`);
  const newest = (by: readonly string[], of: string) =>
    `last_over_time(${of} | unwrap value ${range}) by (${formatLabelList(by)})`;

  const scored = count([...POD, 'task'], lines(LOG_MESSAGES.taskScored, 'task'));
  const dropped = (over: string) => count([...POD, 'task'], lines(LOG_MESSAGES.taskDropped, 'task'), over);
  const scores = Array.from({ length: SCORES_PER_LINE }, (_, place) =>
    newest(
      [...POD, 'task', 'metric'],
      lines({ ...LOG_MESSAGES.taskScored, pattern: buildScorePattern(place) }, 'value')
    )
  );

  const lost = [
    { file: 'index', message: LOG_MESSAGES.indexLost },
    { file: 'model', message: LOG_MESSAGES.modelLost },
  ].map(({ file, message }) => withLabels(count(['cluster'], lines(message, 'outcome')), { file }));

  const rule = (record: string, expr: string): LokiRule => ({ record, expr });
  const datasetLines = (message: LogMessage, value: string) => lines(message, 'object_name') + named('Dataset') + value;

  return {
    groups: [
      {
        name: 'sedna-logs',
        interval: duration(intervalSeconds),
        rules: [
          rule(
            'sedna_log_stage_samples',
            newest([...OBJECT, 'stage'], lines(LOG_MESSAGES.stageSamples, 'object_name') + named('LifelongLearningJob'))
          ),
          rule(
            'sedna_log_deploy_errors_per_minute',
            count(OBJECT, lines(LOG_MESSAGES.deployFailed, 'object_name') + named('LifelongLearningJob'))
          ),
          rule(
            'sedna_log_task_sample_dir_info',
            `${count([...POD, 'task', 'url'], lines(LOG_MESSAGES.sampleUploaded, 'task'))} > bool 0`
          ),
          rule('sedna_log_task_score', scores.join(' or ')),
          rule(
            'sedna_log_task_deployable',
            // The line that drops a task follows the one with its score, sometimes across the end of an interval.
            `(${dropped(range)} == bool 0) or ((${scored} > bool 0) unless ${dropped(rangeAndAfter)})`
          ),
          ...inferenceRules(inference, (of) => count(POD, of)),
          rule(
            'sedna_log_last_line_timestamp_seconds',
            `max_over_time(${selector('worker')} | label_format value=${quote('{{__timestamp__ | unixEpoch}}')}` +
              ` | unwrap value [${duration(intervalSeconds + 2 * delaySeconds)}]) by (${formatLabelList(POD)})`
          ),
          rule(
            'sedna_log_error_lines_per_minute',
            count(POD, `${selector('worker')} | decolorize${LEVEL_STAGES} | ${LEVEL_LABEL}="error"`)
          ),
          rule(
            'sedna_log_local_controller_connected',
            newest(
              ['cluster', 'node'],
              `${lines(LOG_MESSAGES.connection, 'object_node')}${isText('outcome', 'established')} | label_format node=object_node`
            )
          ),
          rule(
            'sedna_log_local_controller_connection_errors_per_minute',
            count(['cluster', 'node'], lines(LOG_MESSAGES.connectionFailed, 'outcome'))
          ),
          rule(
            'sedna_log_dataset_read',
            `${newest(OBJECT, datasetLines(LOG_MESSAGES.datasetRead, isText('outcome', 'successfully')))}` +
              ` or ${newest(OBJECT, datasetLines(LOG_MESSAGES.datasetMissing, ' | label_format value="0"'))}`
          ),
          rule('sedna_log_knowledge_base_files_lost_per_minute', lost.join(' or ')),
        ],
      },
    ],
  };
}

/** What enters inference less what leaves it waits: it can be -1 in an interval, and adds up to what waits now. */
function inferenceRules(messages: readonly InferenceMessage[], count: (lines: string) => string): LokiRule[] {
  const linesOf = ({ contains, pattern }: InferenceMessage) =>
    `${selector('worker')}${buildLineFilter({ text: contains, matchCase: true })}` +
    (pattern === undefined ? '' : ` | decolorize${STRIP_COLORS_STAGE} |~ ${quote(pattern)}`);
  const counts = (state: InferenceMessage['state']) =>
    messages
      .filter((message) => message.state === state)
      .map((message) => withLabels(count(linesOf(message)), { state, task: message.task }));
  const left = [...counts('done'), ...counts('error')];
  const parts = [...left];
  const started = counts('started');
  if (started.length > 0) {
    const entered = sum(POD, started.join(' or '));
    const gone = sum(POD, left.join(' or '));
    const waiting = left.length === 0 ? entered : `((${entered} - ${gone}) or ${entered} or (${gone} * -1))`;
    parts.push(withLabels(waiting, { state: 'ready', task: 'any' }));
  }
  return parts.length === 0 ? [] : [{ record: 'sedna_log_inference_samples_per_minute', expr: parts.join(' or ') }];
}

/** The committed rule file. */
export const FILES: readonly GeneratedFile[] = [
  buildYamlFile(path.join(__dirname, 'rules', 'sedna.yaml'), 'collection/loki/generate.ts', lokiRules()),
];
