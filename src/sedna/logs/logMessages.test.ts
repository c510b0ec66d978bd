import { ANY_WORKER_POD_PATTERN } from '../kinds/workers';
import { NO_RECORDING, readRecordedLines } from '../recording.fixture';
import { stripAnsi } from './logLevels';
import { INFERENCE_MESSAGES, LOG_MESSAGES, buildScorePattern, type LogMessage } from './logMessages';

/** Groups of an entry without colours; undefined where the message does not claim it. RE2's syntax is JavaScript's. */
function read({ contains, pattern }: LogMessage, entry: string): Record<string, string> | undefined {
  const javaScript = pattern.replaceAll('(?P<', '(?<');
  return entry.includes(contains) ? { ...new RegExp(javaScript).exec(entry)?.groups } : undefined;
}
const worker = (at: string, level: string, text: string) => `[2026-11-23 18:45:54,055] ${at} [${level}] - ${text}`;
const klog = (letter: string, text: string) => `${letter}1123 08:41:26.647075       1 ${text}`;
const JOB = { object_namespace: 'default', object_name: 'atcii-classifier-demo' };
const DATASET = { object_namespace: 'default', object_name: 'lifelong-dataset' };

describe('messages of the facts', () => {
  const cases: Array<[keyof typeof LOG_MESSAGES, string, Record<string, string>]> = [
    [
      'stageSamples',
      klog(
        'I',
        "lifelonglearningjob.go:650] job(default/lifelonglearningjob/atcii-classifier-demo)'s current train samples nums is 2560"
      ),
      { ...JOB, object_kind: 'lifelonglearningjob', stage: 'train', value: '2560' },
    ],
    [
      'stageSamples',
      klog(
        'I',
        "lifelonglearningjob.go:659] job(default/lifelonglearningjob/atcii-classifier-demo)'s current eval samples nums is 640"
      ),
      { ...JOB, object_kind: 'lifelonglearningjob', stage: 'eval', value: '640' },
    ],
    [
      'stageSamples',
      klog(
        'I',
        "incrementallearningjob.go:1112] job(default/incrementallearningjob/helmet)'s current train samples nums is 80"
      ),
      {
        object_namespace: 'default',
        object_kind: 'incrementallearningjob',
        object_name: 'helmet',
        stage: 'train',
        value: '80',
      },
    ],
    [
      'deployFailed',
      klog(
        'E',
        'lifelonglearningjob.go:325] failed to update model for job(name=default/lifelonglearningjob/atcii-classifier-demo): failed to copy trained model(url=/output/eval/1/index.pkl)'
      ),
      { ...JOB, object_kind: 'lifelonglearningjob' },
    ],
    [
      'datasetRead',
      klog(
        'I',
        'dataset.go:186] dataset(name=default/dataset/lifelong-dataset) get samples from data source(url=/rootfs/data/trainData.csv) successfully. number of samples: 3200'
      ),
      { ...DATASET, outcome: 'successfully' },
    ],
    [
      'datasetRead',
      klog(
        'E',
        'dataset.go:181] dataset(name=default/dataset/lifelong-dataset) get samples from /rootfs/x failed, error: url(/rootfs/x) does not exist'
      ),
      { ...DATASET, outcome: 'failed' },
    ],
    [
      'datasetMissing',
      klog(
        'E',
        'lifelonglearningjob.go:204] job(default/lifelonglearningjob/a) failed to complete the Train task: job(default/lifelonglearningjob/a) failed to load dataset, and waiting it: not exists dataset(name=default/dataset/lifelong-dataset)'
      ),
      DATASET,
    ],
    [
      'connection',
      klog('I', 'server.go:109] established connection for node edge-node'),
      { outcome: 'established', object_node: 'edge-node' },
    ],
    [
      'connection',
      klog('I', 'server.go:115] closed connection for node edge-node'),
      { outcome: 'closed', object_node: 'edge-node' },
    ],
    [
      'connectionFailed',
      klog(
        'E',
        'websocket.go:192] client tries to connect global manager(address: gm.sedna:9000) failed, error: dial tcp: lookup gm.sedna on 169.254.96.16:53: no such host'
      ),
      { outcome: 'failed' },
    ],
    [
      'sampleUploaded',
      worker(
        'cloud_knowledge_management.py(107)',
        'INFO',
        'Upload task sample to http://kb.sedna:9020/knowledgebase/file/download?files=train_Autumn_1.0.sample&name=train_Autumn_1.0.sample successfully.'
      ),
      {
        task: 'Autumn_1.0',
        url: 'http://kb.sedna:9020/knowledgebase/file/download?files=train_Autumn_1.0.sample&name=train_Autumn_1.0.sample',
      },
    ],
    [
      'sampleUploaded',
      worker('a.py(1)', 'INFO', 'Upload task sample to s3://my_models/kb/real.sample successfully.'),
      { task: 'real', url: 's3://my_models/kb/real.sample' },
    ],
    [
      'taskScored',
      worker('cloud_knowledge_management.py(187)', 'INFO', "Autumn_1.0 scores: {'precision_score': 0.88}"),
      { task: 'Autumn_1.0' },
    ],
    [
      'taskDropped',
      worker('cloud_knowledge_management.py(191)', 'WARNING', 'Autumn_1.0 will not be deploy because all scores > 0.5'),
      { task: 'Autumn_1.0' },
    ],
    [
      'indexLost',
      'INFO:     10.0.0.7:49898 - "POST /knowledgebase/update/status HTTP/1.1" 500 Internal Server Error',
      { outcome: '500' },
    ],
    [
      'modelLost',
      'Traceback (most recent call last):\n  File "eval.py", line 46\nKeyError: 34',
      { outcome: 'KeyError' },
    ],
    ['modelLost', 'KeyError: 34', { outcome: 'KeyError' }],
  ];
  it.each(cases)('%s: %s', (name, line, groups) => expect(read(LOG_MESSAGES[name], line)).toEqual(groups));

  it.each<[keyof typeof LOG_MESSAGES, string]>([
    ['indexLost', 'INFO:     10.0.0.7:49898 - "POST /knowledgebase/update/status HTTP/1.1" 200 OK'],
    ['modelLost', 'KeyError: 345'],
    ['connection', 'read loop of the connection for node edge-node'],
    ['datasetRead', 'not exists dataset(name=default/dataset/lifelong-dataset)'],
  ])('%s is not: %s', (name, line) => expect(read(LOG_MESSAGES[name], line)).toEqual({}));
});

describe('scores of a line', () => {
  const score = (text: string, place: number) =>
    read(
      { ...LOG_MESSAGES.taskScored, pattern: buildScorePattern(place) },
      worker('c.py(187)', 'INFO', `Spring_1.0 ${text}`)
    );

  it.each<[string, number, string | undefined, string | undefined]>([
    ["scores: {'precision_score': 0.8823529411764706}", 0, 'precision_score', '0.8823529411764706'],
    ["scores: {'precision_score': 0.8823529411764706}", 1, undefined, undefined],
    ["scores: {'mIoU': 0.319, 'CPA': 1, 'loss': -1.5e-05}", 0, 'mIoU', '0.319'],
    ["scores: {'mIoU': 0.319, 'CPA': 1, 'loss': -1.5e-05}", 1, 'CPA', '1'],
    ["scores: {'mIoU': 0.319, 'CPA': 1, 'loss': -1.5e-05}", 2, 'loss', '-1.5e-05'],
    ["scores: {'f1_score': np.float64(0.5)}", 0, 'f1_score', '0.5'],
    ["scores: {'f1_score': nan}", 0, undefined, undefined],
    ["scores: {'f1_score': nan, 'recall': 0.25}", 1, 'recall', '0.25'],
    ["scores: {'confusion': [1, 2], 'recall': 0.25}", 1, undefined, undefined],
    ['scores: {}', 0, undefined, undefined],
  ])('%s, place %i', (text, place, metric, value) => {
    const groups = score(text, place);
    expect([groups?.metric, groups?.value]).toEqual([metric, value]);
  });
});

it('each image of the cityscapes example starts once and is done once', () => {
  const image = [
    'Start to inference image 12',
    'Image 12 is unseen task: True',
    'Image 12 prediction result: (3, 0.2)',
  ];
  const states = image.flatMap((line) => INFERENCE_MESSAGES.filter(({ contains }) => line.includes(contains)));
  expect(states.map(({ state, task }) => [state, task])).toEqual([
    ['started', 'any'],
    ['done', 'unknown'],
  ]);
});

(NO_RECORDING ? describe.skip : describe)(`recorded lines${NO_RECORDING ? ` (${NO_RECORDING})` : ''}`, () => {
  const workers = new RegExp(`^(?:${ANY_WORKER_POD_PATTERN})$`);
  const matches = (message: LogMessage, pod: RegExp): Array<Record<string, string>> =>
    readRecordedLines(pod).flatMap((line) => {
      const groups = read(message, stripAnsi(line.text));
      return groups && Object.keys(groups).length > 0 ? [{ pod: line.pod, ...groups }] : [];
    });

  it('tell the sample files of tasks, of jobs with cut names too', () => {
    const found = matches(LOG_MESSAGES.sampleUploaded, workers);
    expect(new Set(found.map(({ pod, task }) => `${pod} ${task}`)).size).toBe(138);
    expect([...new Set(found.map(({ task }) => task))].sort()).toEqual([
      'Autumn_1.0',
      'Autumn_2.0',
      'Spring_1.0',
      'Spring_2.0',
      'Summer_1.0',
      'Summer_2.0',
    ]);
  });

  it('tell the scores of tasks, of jobs with cut names too', () =>
    expect(new Set(matches(LOG_MESSAGES.taskScored, workers).map(({ pod, task }) => `${pod} ${task}`)).size).toBe(102));

  it('tell the samples of incremental learning', () => {
    const found = matches(LOG_MESSAGES.stageSamples, /^lc-/).filter(
      ({ object_kind: kind }) => kind === 'incrementallearningjob'
    );
    const ofTxt = found.filter(({ object_name: name }) => name === 'helmet-detection-txt');
    expect(ofTxt.filter(({ stage }) => stage === 'train').map(({ value }) => value)).toEqual([
      '120',
      '120',
      '120',
      '120',
      '200',
      '80',
      '360',
      '80',
      '80',
      '80',
    ]);
  });
});
