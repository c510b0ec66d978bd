/** What Sedna Ops relies on, and where the source of Sedna has it. */
import { KINDS, STAGES, STAGE_CONDITIONS } from '../../src/sedna/kinds';
import { WORKER_TYPES } from '../../src/sedna/kinds/workers';
import type { LOG_MESSAGES } from '../../src/sedna/logs/logMessages';
import type { LogSignatureId } from '../../src/sedna/logs/signatures';

/** Parts of Sedna Ops, with their titles in the documentation. */
export const AREAS = {
  resources: 'Custom resources and their status',
  stages: 'Stages, conditions, and rounds',
  pods: 'Worker pods',
  logs: 'Log formats and levels',
  metrics: 'Metrics from logs',
  diagnosis: 'Log lines in the diagnosis',
  knowledgeBase: 'Knowledge base',
} as const;
export type Area = keyof typeof AREAS;

interface Source {
  /** Part of the source, such as a format string; one of several forms is enough. */
  text: string | readonly string[];
  /** Whether upper and lower case are the same. */
  ignoreCase?: boolean;
  /** Git pathspecs; one of the files must contain the text. */
  in: readonly string[];
}

export interface SednaFact extends Source {
  area: Area;
  /** Name for people, unique within its area. */
  name: string;
}

const GM = ['pkg/globalmanager'];
const LC = ['pkg/localcontroller', 'cmd/sedna-lc'];
const API = ['pkg/apis'];
const LIB = ['lib/sedna'];

/** Where each message that becomes a metric is written. */
const MESSAGES = {
  stageSamples: { text: ' samples nums is %d', in: LC },
  deployFailed: { text: 'failed to update model for job(', in: LC },
  datasetRead: { text: 'dataset(name=%s) get samples from ', in: LC },
  datasetMissing: { text: 'not exists dataset(name=', in: LC },
  connection: { text: 'established connection for node %s', in: GM },
  connectionFailed: { text: 'client tries to connect global manager(address: %s) failed', in: LC },
  sampleUploaded: { text: 'Upload task sample to ', in: LIB },
  taskScored: { text: ' scores: {', in: LIB },
  taskDropped: { text: ' will not be deploy because all ', in: LIB },
  evaluationStarted: { text: 'Download kb index from ', in: LIB },
  evaluationFinished: { text: 'Task evaluation finishes', in: LIB },
  indexLost: { text: '/update/status', in: LIB },
  // The knowledge base answers with the name of a file that it doesn't have.
  modelLost: { text: '/file/download', in: LIB },
} satisfies Record<keyof typeof LOG_MESSAGES, Source>;

/** Where each line that the diagnosis recognizes is written. */
const SIGNATURES = {
  'train-samples': { text: "'s current train samples nums is %d", in: LC },
  'training-triggered': { text: 'ing phase triggering task successfully', in: LC },
  'phase-triggered': { text: 'ing phase triggering task successfully', in: LC },
  'status-conflict': { text: 'status, tried %d times', in: GM },
  'local-controller-started': { text: 'manager %s is started', in: LC },
  'dataset-not-loaded': { text: 'failed to load dataset, and waiting it: ', in: LC },
  'dataset-unread': { text: 'get samples from %s failed', in: LC },
  'dataset-read': { text: 'successfully. number of samples: %d', in: LC },
  'samples-not-written': { text: 'write samples to the file(%s) is failed', in: LC },
  'model-not-copied': { text: 'failed to update model for job(', in: LC },
  'model-missing': { text: 'stage %s model is nil', in: LC },
  'dataset-not-found': { text: "not found job(name=%s/%s)'s dataset, error: ", in: GM },
  'pod-refused': { text: 'failed to be updated, err:', in: GM },
  'stage-invalid': { text: 'invalid condition stage: ', in: GM },
  'stage-failed': { text: ' stage failed!', in: GM },
  'node-connected': { text: 'established connection for node %s', in: GM },
  'node-disconnected': { text: 'closed connection for node %s', in: GM },
  'report-refused': { text: '/sedna/workers/', in: LIB },
  // The text is that of the retry library.
  'report-lost': { text: 'tenacity', in: LIB },
  'index-not-updated': { text: 'KB update Fail', in: LIB },
  'knowledge-base-refused': { text: 'Connection refused in request ', in: LIB },
  'task-scored': MESSAGES.taskScored,
  'task-dropped': MESSAGES.taskDropped,
  evaluated: { text: 'Task evaluation finishes', in: LIB },
  // Any exception of Python, so of any version.
  exception: { text: 'import', in: LIB },
} satisfies Record<LogSignatureId, Source>;

const TABLES: Record<string, readonly string[]> = {
  ll_task_grp: ['name', 'sample_num', 'task_num'],
  ll_tasks: ['name', 'task_attr', 'updated_at'],
  ll_task_models: ['task_id', 'model_url'],
  ll_task_relation: ['grp_id', 'task_id', 'transfer_radio'],
  ll_samples: ['data_type', 'updated_at', 'sample_num'],
  ll_task_sample: ['sample_id', 'task_id'],
};
const MODEL = ['lib/sedna/service/server/knowledgeBase/model.py'];

const toFacts = (area: Area, sources: Readonly<Record<string, Source>>): SednaFact[] =>
  Object.entries(sources).map(([name, source]) => ({ area, name, ...source }));

export const SEDNA_FACTS: readonly SednaFact[] = [
  ...KINDS.flatMap(({ kind, plural, statusFields }): SednaFact[] => {
    const definition = [`build/crds/*${plural}.yaml`];
    return [
      { area: 'resources', name: kind, text: `plural: ${plural}`, in: definition },
      ...statusFields.map((field): SednaFact => ({
        area: 'resources',
        name: `${kind}.status.${field}`,
        text: `${field}:`,
        in: definition,
      })),
    ];
  }),
  ...STAGES.map((stage): SednaFact => ({ area: 'stages', name: `stage ${stage}`, text: `= "${stage}"`, in: API })),
  ...STAGE_CONDITIONS.map((type): SednaFact => ({
    area: 'stages',
    name: `condition ${type}`,
    text: `= "${type}"`,
    in: API,
  })),
  ...toFacts('stages', {
    'conditions[].data': { text: 'Data string `json:"data', in: API },
    'conditions[].lastTransitionTime': { text: 'json:"lastTransitionTime', in: API },
    ...Object.fromEntries(
      ['models', 'dataURL', 'outputDir', 'url', 'format', 'metrics'].map((field) => [
        `data: ${field}`,
        { text: `json:"${field}`, in: ['pkg/localcontroller', 'pkg/globalmanager'] },
      ])
    ),
    'trigger threshold': { text: 'json:"threshold', in: API },
    'trigger window': { text: 'json:"timer', in: API },
  }),
  ...toFacts('pods', {
    'label worker-type': { text: '"worker-type"', in: GM },
    'label prefix of the kind': { text: 'strings.ToLower(', in: GM },
    'generated names': { text: 'GenerateName', in: GM },
    'workers of services': { text: ['"-deployment-', 'PodWithTemplate('], in: GM },
  }),
  ...WORKER_TYPES.map((type): SednaFact => ({
    area: 'pods',
    name: `worker type ${type}`,
    text: `"${type}"`,
    ignoreCase: true,
    in: GM,
  })),
  ...toFacts('logs', {
    'format of workers': { text: '%(filename)s(%(lineno)d)', in: LIB },
    'format of the global manager': { text: 'k8s.io/klog', in: GM },
    'format of the local controller': { text: 'k8s.io/klog', in: LC },
    'echo of the knowledge base': { text: 'create_engine(', in: LIB },
  }),
  ...toFacts('metrics', MESSAGES),
  ...toFacts('diagnosis', SIGNATURES),
  ...Object.entries(TABLES).flatMap(([table, columns]): SednaFact[] => [
    { area: 'knowledgeBase', name: table, text: `'${table}'`, in: MODEL },
    ...columns.map((column): SednaFact => ({
      area: 'knowledgeBase',
      name: `${table}.${column}`,
      text: `${column} = Column(`,
      in: MODEL,
    })),
  ]),
];
