import { LOG_SIGNATURES, matchLogSignatures, SignatureMatches, type LogSignatureId } from '.';

const JOB = { kind: 'LifelongLearningJob', namespace: 'robots', name: 'dog' } as const;
const DATASET = { kind: 'Dataset', namespace: 'robots', name: 'steps' } as const;
const KEY = 'robots/lifelonglearningjob/dog';

const line = (container: string, text: string) => ({
  time: 1_700_000_000,
  level: 'info' as const,
  namespace: 'sedna',
  pod: `${container}-x1`,
  container,
  text,
});
const klog = (text: string) => `I1124 11:59:00.123456       1 file.go:1] ${text}`;
const worker = (level: string, text: string) =>
  `\u001b[31m[2026-11-24 11:59:00,055] base.py(183) [${level}]\u001b[0m - ${text}\u001b[0m`;

const match = (container: string, text: string, object: typeof JOB | typeof DATASET = JOB) =>
  matchLogSignatures(object, [line(container, text)]).map(({ id, value }) => [id, value]);

/** Lines as Sedna writes them: container, line, signature, and value. */
const JOB_LINES: Array<[string, string, LogSignatureId, string]> = [
  ['lc', klog(`job(${KEY})'s current train samples nums is 2560`), 'train-samples', '2560'],
  ['lc', klog(`job(name=${KEY}) complete the Training phase triggering task successfully`), 'training-triggered', ''],
  ['lc', klog('manager lifelonglearningjob is started'), 'local-controller-started', ''],
  [
    'lc',
    klog(`job(${KEY}) failed to load dataset, and waiting it: not exists dataset(name=robots/dataset/steps)`),
    'dataset-not-loaded',
    'not exists dataset(name=robots/dataset/steps)',
  ],
  [
    'lc',
    klog('dataset(name=robots/dataset/steps) get samples from /x.csv failed, error: x'),
    'dataset-unread',
    'steps',
  ],
  ['lc', klog(`failed to update model for job(name=${KEY}): no space`), 'model-not-copied', 'no space'],
  ['lc', klog('job dog stage {Eval} model is nil'), 'model-missing', ''],
  ['lc', klog(`job(${KEY}) completed the Evaling phase triggering task successfully`), 'phase-triggered', 'Eval'],
  [
    'gm',
    klog(
      'Error to update robots/dog status, tried 1 times: Operation cannot be fulfilled on x "dog": the object has been modified; try again'
    ),
    'status-conflict',
    '',
  ],
  [
    'lc',
    klog(`job(${KEY}) train phase: write samples to the file(/output/data.csv) is failed: no space left on device`),
    'samples-not-written',
    '/output/data.csv',
  ],
  [
    'eval-worker',
    worker('INFO', "Autumn_1.0 scores: {'precision_score': 0.8823529411764706}"),
    'task-scored',
    'Autumn_1.0',
  ],
  [
    'eval-worker',
    worker('WARNING', 'Autumn_1.0 will not be deploy because all scores > 0.5'),
    'task-dropped',
    'Autumn_1.0',
  ],
  [
    'gm',
    klog("not found job(name=LifelongLearningJob/dog)'s dataset, error: dataset not found"),
    'dataset-not-found',
    'dataset not found',
  ],
  ['gm', klog('lifelonglearning job robots/dog failed to be updated, err:no secret'), 'pod-refused', 'no secret'],
  [
    'gm',
    klog('Error to handle lifelonglearningjob robots/dog operation(status): invalid condition stage: '),
    'stage-invalid',
    '',
  ],
  ['gm', klog('lifelonglearning job robots/dog Train stage failed!'), 'stage-failed', 'Train'],
  ['gm', klog('established connection for node edge0'), 'node-connected', 'edge0'],
  ['gm', klog('closed connection for node edge0'), 'node-disconnected', 'edge0'],
  [
    'train-worker',
    worker('WARNING', 'Connection refused in request http://localhost:9100/sedna/workers/a/info'),
    'report-refused',
    'http://localhost:9100/sedna/workers/a/info',
  ],
  ['train-worker', worker('ERROR', 'RetryError[<Future at 0x7f>]'), 'report-lost', ''],
  ['train-worker', worker('ERROR', 'KB update Fail !'), 'index-not-updated', ''],
  [
    'train-worker',
    worker('WARNING', 'Connection refused in request http://kb.sedna:9020/knowledgebase/update'),
    'knowledge-base-refused',
    'http://kb.sedna:9020/knowledgebase/update',
  ],
  ['eval-worker', worker('INFO', 'Task evaluation finishes.'), 'evaluated', ''],
  ['eval-worker', 'Traceback (most recent call last):\n  File "a.py"\nKeyError: 34', 'exception', 'KeyError: 34'],
];
const DATASET_LINES: Array<[string, string, LogSignatureId, string]> = [
  [
    'lc',
    klog('dataset(name=robots/dataset/steps) get samples from /x.csv failed, error: x'),
    'dataset-unread',
    'steps',
  ],
  [
    'lc',
    klog(
      'dataset(name=robots/dataset/steps) get samples from data source(url=/x.csv) successfully. number of samples: 3200'
    ),
    'dataset-read',
    '3200',
  ],
];

describe('matchLogSignatures', () => {
  it.each(JOB_LINES)('finds in a line of %s about a job: %s', (container, text, id, value) =>
    expect(match(container, text)).toEqual([[id, value]])
  );

  it.each(DATASET_LINES)('finds in a line of %s about a dataset: %s', (container, text, id, value) =>
    expect(match(container, text, DATASET)).toEqual([[id, value]])
  );

  it('has a line here for every signature', () => {
    const ids = Object.values(LOG_SIGNATURES).flatMap((signatures) => signatures.map(({ id }) => id));
    expect(new Set([...JOB_LINES, ...DATASET_LINES].map(([, , id]) => id))).toEqual(new Set(ids));
  });

  it.each([
    ['gm', klog('lifelonglearning job robots/dog-2 Train stage failed!')],
    ['gm', klog('lifelonglearning job others/dog Train stage failed!')],
    ['lc', klog("job(robots/lifelonglearningjob/dogs)'s current train samples nums is 2560")],
    ['lc', klog('dataset(name=others/dataset/steps) get samples from /x.csv failed, error: x')],
    ['train-worker', worker('INFO', 'RetryError[<Future at 0x7f>]')],
    ['train-worker', 'epoch 1 without a KeyError: 34'],
  ])('ignores a line of %s about another object or matter: %s', (container, text) =>
    expect(match(container, text)).toEqual([])
  );

  it('ignores the text of one writer in the log of another', () => {
    expect(match('train-worker', klog('closed connection for node edge0'))).toEqual([]);
    expect(match('gm', worker('ERROR', 'KB update Fail !'))).toEqual([]);
  });

  it('takes a name literally', () =>
    expect(
      matchLogSignatures({ ...JOB, name: 'd.g' }, [
        line('gm', klog('lifelonglearning job robots/dog Eval stage failed!')),
      ])
    ).toEqual([]));
});

describe('SignatureMatches', () => {
  const matches = new SignatureMatches(
    matchLogSignatures(JOB, [
      line('gm', klog('established connection for node edge0')),
      line('gm', klog('closed connection for node edge0')),
      line('gm', klog('established connection for node edge1')),
    ])
  );

  it('returns the matches of some ids, oldest first', () =>
    expect(matches.all('node-connected').map(({ value }) => value)).toEqual(['edge0', 'edge1']));

  it('returns the newest match of some ids', () =>
    expect(matches.last('node-connected', 'node-disconnected')?.value).toBe('edge1'));

  it('returns undefined if no line matches', () => expect(matches.last('evaluated')).toBeUndefined());
});
