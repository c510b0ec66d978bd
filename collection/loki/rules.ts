import path from 'node:path';
import { LOG_STREAMS } from '../../src/sedna/logs';
import {
  INFERENCE_MESSAGES,
  LOG_MESSAGES,
  buildScorePattern,
  SCORES_PER_LINE,
  STAGED_KINDS,
  type InferenceMessage,
  type LogMessage,
} from '../../src/sedna/logs/logMessages';
import { anyWorkerPod } from '../../src/query/resources';
import { buildLineFilter } from '../../src/query/logs/logKeywords';
import { STRIP_COLORS_STAGE, LEVEL_LABEL, LEVEL_STAGES } from '../../src/query/logs/logql';
import { equals, formatLabelList, matches, quote, buildMatchers } from '../../src/query/escape';
import { toYamlFile, type GeneratedFile } from '../../tools/generators/generatedFiles';

export interface LokiRuleOptions {
  /** Evaluation interval in seconds, and the range of log lines that each evaluation reads. */
  intervalSeconds?: number;
  /** Maximum delay in seconds with which a line may reach Loki and still count. Every sample is late by this time. */
  delaySeconds?: number;
  /** Messages that count inference samples. */
  inference?: readonly InferenceMessage[];
}

export interface LokiRule {
  record: string;
  expr: string;
}

export interface LokiRuleFile {
  groups: Array<{ name: string; interval: string; rules: LokiRule[] }>;
}

/** Labels that identify a worker pod and an object. `cluster` exists only if several clusters share one Loki. */
const POD = ['cluster', 'namespace', 'pod'];
const OBJECT = ['cluster', 'namespace', 'name', 'kind'];

const formatDuration = (seconds: number) => (seconds % 60 === 0 ? `${seconds / 60}m` : `${seconds}s`);

/**
 * Returns the stream selector of a Sedna component, or of worker pods, whose containers users name: refer to {@link
 * anyWorkerPod}.
 */
function toStreamSelector(stream: LogMessage['stream']): string {
  const { container, podPrefix } = LOG_STREAMS.find(({ id }) => id === stream)!;
  return container
    ? buildMatchers([equals('container', container), matches('pod', `${podPrefix}.+`)])
    : buildMatchers([anyWorkerPod()]);
}

/**
 * Selects the lines of a message, with the groups of its pattern as labels.
 * @param group a group that is never empty in a match
 */
function selectMessage({ stream, contains, pattern }: LogMessage, group: string): string {
  const filter = buildLineFilter({ text: contains, matchCase: true });
  return `${toStreamSelector(stream)}${filter} | decolorize | regexp ${quote(pattern)} | ${formatLabelList([group])}!=""`;
}

/** Replaces the labels of the pod that wrote the line with those of the object that the line names. */
const withObjectLabels = (kind: string) =>
  ` | label_format namespace=object_namespace, name=object_name, kind=${quote(kind)}`;

/** Does the same for a job, whose kind the line has in lowercase. */
const WITH_JOB_LABELS = withObjectLabels(
  STAGED_KINDS.map((kind) => `{{if eq .object_kind "${kind.toLowerCase()}"}}${kind}{{end}}`).join('')
);

/** Sets `value` to 1 if a label has the text, otherwise to 0. */
const toBooleanValue = (label: string, text: string) => {
  const template = `{{if eq .${label} "${text}"}}1{{else}}0{{end}}`;
  return ` | label_format value=${quote(template)}`;
};

const sumBy = (by: readonly string[], of: string) => `sum by (${formatLabelList(by)}) (${of})`;

/** Adds labels with fixed values to every series. */
const withLabels = (expr: string, labels: Readonly<Record<string, string>>) =>
  Object.entries(labels).reduce(
    (inner, [label, text]) => `label_replace(${inner}, ${quote(label)}, ${quote(text)}, "", "")`,
    expr
  );

/**
 * Builds the rules that turn logs into metrics. Each evaluation reads the interval that ended `delaySeconds` ago, so
 * that consecutive evaluations neither overlap nor leave gaps.
 */
export function buildLokiRules(options: LokiRuleOptions = {}): LokiRuleFile {
  const { intervalSeconds = 60, delaySeconds = 60, inference = INFERENCE_MESSAGES } = options;
  const range = `[${formatDuration(intervalSeconds)}] offset ${formatDuration(delaySeconds)}`;
  /** The interval extended into the next one, for lines that belong to a line counted now. */
  const lateOffsetSeconds = Math.floor(delaySeconds / 2);
  const rangeAndAfter = `[${formatDuration(intervalSeconds + delaySeconds - lateOffsetSeconds)}] offset ${formatDuration(lateOffsetSeconds)}`;

  const countLines = (by: readonly string[], of: string, over = range) => sumBy(by, `count_over_time(${of} ${over})`);
  const lastValue = (by: readonly string[], of: string) =>
    `last_over_time(${of} | unwrap value ${range}) by (${formatLabelList(by)})`;

  const scoredTasks = countLines([...POD, 'task'], selectMessage(LOG_MESSAGES.taskScored, 'task'));
  const countDropped = (over: string) =>
    countLines([...POD, 'task'], selectMessage(LOG_MESSAGES.taskDropped, 'task'), over);
  const scores = Array.from({ length: SCORES_PER_LINE }, (_, place) =>
    lastValue(
      [...POD, 'task', 'metric'],
      selectMessage({ ...LOG_MESSAGES.taskScored, pattern: buildScorePattern(place) }, 'value')
    )
  );

  const lostFiles = [
    { file: 'index', message: LOG_MESSAGES.indexLost },
    { file: 'model', message: LOG_MESSAGES.modelLost },
  ].map(({ file, message }) => withLabels(countLines(['cluster'], selectMessage(message, 'outcome')), { file }));

  const rule = (record: string, expr: string): LokiRule => ({ record, expr });
  const datasetLines = (message: LogMessage, value: string) =>
    selectMessage(message, 'object_name') + withObjectLabels('Dataset') + value;

  return {
    groups: [
      {
        name: 'sedna-logs',
        interval: formatDuration(intervalSeconds),
        rules: [
          rule(
            'sedna_log_stage_samples',
            lastValue([...OBJECT, 'stage'], selectMessage(LOG_MESSAGES.stageSamples, 'object_name') + WITH_JOB_LABELS)
          ),
          rule(
            'sedna_log_deploy_errors_per_minute',
            countLines(OBJECT, selectMessage(LOG_MESSAGES.deployFailed, 'object_name') + WITH_JOB_LABELS)
          ),
          rule(
            'sedna_log_task_sample_dir_info',
            `${countLines([...POD, 'task', 'url'], selectMessage(LOG_MESSAGES.sampleUploaded, 'task'))} > bool 0`
          ),
          rule('sedna_log_task_score', scores.join(' or ')),
          rule(
            'sedna_log_task_deployable',
            // The line that drops a task follows the line with its score, sometimes in the next interval.
            `(${countDropped(range)} == bool 0) or ((${scoredTasks} > bool 0) unless ${countDropped(rangeAndAfter)})`
          ),
          ...buildInferenceRules(inference, (of) => countLines(POD, of)),
          rule(
            'sedna_log_last_line_timestamp_seconds',
            `max_over_time(${toStreamSelector('worker')} | label_format value=${quote('{{__timestamp__ | unixEpoch}}')}` +
              ` | unwrap value [${formatDuration(intervalSeconds + 2 * delaySeconds)}]) by (${formatLabelList(POD)})`
          ),
          rule(
            'sedna_log_error_lines_per_minute',
            countLines(POD, `${toStreamSelector('worker')} | decolorize${LEVEL_STAGES} | ${LEVEL_LABEL}="error"`)
          ),
          rule(
            'sedna_log_local_controller_connected',
            lastValue(
              ['cluster', 'node'],
              `${selectMessage(LOG_MESSAGES.connection, 'object_node')}${toBooleanValue('outcome', 'established')} | label_format node=object_node`
            )
          ),
          rule(
            'sedna_log_local_controller_connection_errors_per_minute',
            countLines(['cluster', 'node'], selectMessage(LOG_MESSAGES.connectionFailed, 'outcome'))
          ),
          rule(
            'sedna_log_dataset_read',
            `${lastValue(OBJECT, datasetLines(LOG_MESSAGES.datasetRead, toBooleanValue('outcome', 'successfully')))}` +
              ` or ${lastValue(OBJECT, datasetLines(LOG_MESSAGES.datasetMissing, ' | label_format value="0"'))}`
          ),
          rule('sedna_log_knowledge_base_files_lost_per_minute', lostFiles.join(' or ')),
        ],
      },
    ],
  };
}

/**
 * Waiting samples are those that entered inference minus those that left it. An interval may yield -1; the sum over
 * time is the current number.
 */
function buildInferenceRules(
  messages: readonly InferenceMessage[],
  countLines: (selectMessage: string) => string
): LokiRule[] {
  const linesOf = ({ contains, pattern }: InferenceMessage) =>
    `${toStreamSelector('worker')}${buildLineFilter({ text: contains, matchCase: true })}` +
    (pattern === undefined ? '' : ` | decolorize${STRIP_COLORS_STAGE} |~ ${quote(pattern)}`);
  const counts = (state: InferenceMessage['state']) =>
    messages
      .filter((message) => message.state === state)
      .map((message) => withLabels(countLines(linesOf(message)), { state, task: message.task }));
  const finished = [...counts('done'), ...counts('error')];
  const parts = [...finished];
  const started = counts('started');
  if (started.length > 0) {
    const startedSum = sumBy(POD, started.join(' or '));
    const finishedSum = sumBy(POD, finished.join(' or '));
    const waiting =
      finished.length === 0
        ? startedSum
        : `((${startedSum} - ${finishedSum}) or ${startedSum} or (${finishedSum} * -1))`;
    parts.push(withLabels(waiting, { state: 'ready', task: 'any' }));
  }
  return parts.length === 0 ? [] : [{ record: 'sedna_log_inference_samples_per_minute', expr: parts.join(' or ') }];
}

/** Committed rule file. */
export const FILES: readonly GeneratedFile[] = [
  toYamlFile(path.join(__dirname, 'rules', 'sedna.yaml'), 'collection/loki/generate.ts', buildLokiRules()),
];
