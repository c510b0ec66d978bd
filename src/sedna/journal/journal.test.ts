import fc from 'fast-check';
import { MASK } from '../masking/maskText';
import {
  compareEntries,
  hashCondition,
  MAX_LINE_BYTES,
  parseEntry,
  parseJournal,
  replayConditions,
  serializeEntry,
  toJournalCondition,
  type JournalEntry,
} from '.';
import { entryOf, journalCondition, rawCondition } from './journal.fixture';

const POD = { name: 'demo-train-x7k2p', uid: 'pod-1', node: 'edge-node', worker: 'train' };
const ENDED = { container: 'train-worker', exitCode: 1, reason: 'Error', finishedAt: '2026-11-30T05:00:09Z' };

/** One entry of each `what`. */
const ENTRIES: readonly JournalEntry[] = [
  entryOf('created', 0, {}),
  entryOf('condition', 1, { condition: journalCondition(0, 'Train', 'Waiting', 1) }),
  entryOf('condition-replaced', 2, {
    condition: journalCondition(0, 'Train', 'Waiting', 2),
    lost: journalCondition(0, 'Train', 'Waiting', 1),
  }),
  entryOf('conditions-lost', 3, { before: 2, after: 1, lost: [{ index: 1, hash: 'abc' }] }),
  entryOf('status', 4, { fields: [{ path: 'status.phase', before: 'Running', after: 'Failed' }] }),
  entryOf('samples', 5, { before: 150, after: 250 }),
  entryOf('changed', 6, { fields: [{ path: 'spec.outputDir', before: '/a', after: '/b' }] }),
  entryOf('pod-created', 7, { pod: POD }),
  entryOf('pod-started', 8, { pod: POD }),
  entryOf('pod-restarted', 9, { pod: POD, restarts: 2, ended: ENDED }),
  entryOf('pod-ended', 10, { pod: POD, phase: 'Failed', containers: [ENDED] }),
  entryOf('pod-deleted', 11, { pod: POD, phase: 'Failed', away: true }),
  entryOf('component-restarted', 12, { pod: POD, restarts: 1, ended: ENDED }),
  entryOf('node-offline', 13, { reason: 'NodeStatusUnknown', message: 'Kubelet stopped posting node status.' }),
  entryOf('node-online', 14, {}),
  entryOf('knowledge-base', 15, {
    item: 'samples',
    key: 'Autumn_1.0',
    change: 'changed',
    before: { samples: 1 },
    after: { samples: 2 },
  }),
  entryOf('event', 16, {
    event: {
      uid: 'e',
      type: 'Warning',
      reason: 'FailedMount',
      message: 'no',
      count: 3,
      object: { kind: 'Pod', name: POD.name },
    },
  }),
  entryOf('deleted', 17, { away: true }),
  entryOf('journal-started', 18, { awaySince: '2026-11-30T05:00:00.000Z' }),
];

describe('lines of the journal', () => {
  it('parses every kind of entry as it was written', () => {
    const { entries, skipped } = parseJournal(ENTRIES.map(serializeEntry));
    expect(entries).toEqual(ENTRIES);
    expect(skipped).toEqual({ foreign: 0, truncated: 0, newer: 0, malformed: 0 });
  });

  it('sorts entries by when they were seen and drops repeats, keeping the first', () => {
    const [first, second] = ENTRIES;
    const again = { ...first, seen: '2026-11-30T06:00:00.000Z' };
    const { entries, repeats } = parseJournal([again, second, first].map(serializeEntry));
    expect(entries).toEqual([first, second]);
    expect(repeats).toBe(1);
  });

  it('counts lines that are no entries by reason', () => {
    const line = serializeEntry(ENTRIES[1]);
    const { entries, skipped } = parseJournal([
      'I1123 08:41:26.647075       1 lifelonglearningjob.go:432] text',
      '',
      '{"level":"info"}',
      line.slice(0, -20),
      line.replace('{"v":1', '{"v":2'),
      line.replace('"what":"condition"', '"what":"toString"'),
      line.replace('"index":0', '"index":"0"'),
      '{"v":1}',
      '{"v":null,"what":"created"}',
      line,
    ]);
    expect(entries).toEqual([ENTRIES[1]]);
    expect(skipped).toEqual({ foreign: 3, truncated: 1, newer: 1, malformed: 4 });
  });

  it('never throws, whatever a field contains', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ENTRIES), fc.string(), fc.jsonValue(), (entry, key, value) => {
        const fields = Object.keys(entry);
        const broken = { ...entry, [fields[key.length % fields.length]]: value };
        expect(['string', 'object']).toContain(typeof parseEntry(JSON.stringify(broken)));
      })
    );
  });

  it('keeps every line below the size at which runtimes split it, and says what was cut', () => {
    const hostile = fc.string({ unit: 'binary', minLength: 0, maxLength: 300 });
    const metrics = fc.dictionary(hostile, fc.oneof(hostile, fc.array(fc.double(), { maxLength: 300 })), {
      maxKeys: 300,
    });
    fc.assert(
      fc.property(hostile, metrics, fc.integer({ min: 0, max: 80 }), (text, values, count) => {
        const long = text.repeat(30);
        const data = {
          output: { models: Array.from({ length: count }, (_, i) => ({ url: `${long}${i}`, metrics: values })) },
        };
        const condition = toJournalCondition(
          'LifelongLearningJob',
          { ...rawCondition('Eval', 'Completed', 1, data), message: long },
          7
        );
        const line = serializeEntry(entryOf('condition', 1, { condition }));
        expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(MAX_LINE_BYTES);
        expect(line).not.toMatch(/[\n\r]/);
        expect(parseEntry(line)).toMatchObject({ what: 'condition', condition: { index: 7, hash: condition.hash } });
      }),
      { numRuns: 50 }
    );
    const condition = journalCondition(0, 'Train', 'Waiting', 1);
    const long = { ...condition, message: '\u0001'.repeat(4_000) };
    expect(parseEntry(serializeEntry(entryOf('condition', 1, { condition: long })))).toMatchObject({
      cut: ['condition.message'],
    });
  });
});

describe('a condition in the journal', () => {
  it("has Sedna's times as they are, the directories, and each model with its role and metrics", () => {
    const data = {
      input: { dataURL: '/data/train/1/data.txt', outputDir: '/output/train/1' },
      output: {
        models: [
          { format: 'pb', url: '/new.pb', metrics: { precision: [0.9, 0.8], note: 'x' }, classes: null },
          { format: 'pb', url: '/old.pb', metrics: { precision: [0.7, 0.6] } },
        ],
      },
    };
    const condition = toJournalCondition('IncrementalLearningJob', rawCondition('Eval', 'Completed', 33, data), 22);
    expect(condition).toEqual({
      index: 22,
      hash: expect.stringMatching(/^[a-z0-9]+$/),
      type: 'Completed',
      stage: 'Eval',
      status: 'True',
      lastHeartbeatTime: '2026-11-30T05:00:33Z',
      lastTransitionTime: '2026-11-30T05:00:33Z',
      message: 'reported by lc',
      data: {
        state: 'parsed',
        input: { dataUrl: '/data/train/1/data.txt', outputDir: '/output/train/1', models: [] },
        output: {
          models: [
            { role: 'evaluated', url: '/new.pb', format: 'pb', metrics: { precision: [0.9, 0.8], note: 'x' } },
            { role: 'compared', url: '/old.pb', format: 'pb', metrics: { precision: [0.7, 0.6] } },
          ],
        },
      },
    });
  });

  it('masks text metrics with the name of a secret', () => {
    const metrics = { api_token: 'hunter2secret', passwords: ['hunter2', 'none'], auth_score: '0.93', recall: 'high' };
    const data = { output: { models: [{ format: 'pb', url: '/new.pb', metrics }] } };
    const condition = toJournalCondition('IncrementalLearningJob', rawCondition('Eval', 'Completed', 33, data), 0);
    expect(condition.data).toMatchObject({
      output: {
        models: [{ metrics: { api_token: MASK, passwords: [MASK, 'none'], auth_score: '0.93', recall: 'high' } }],
      },
    });
  });

  it('masks secrets in texts and URLs', () => {
    const data = { input: { dataURL: 's3://user:hunter2@bucket/data.csv', outputDir: '/o?token=hunter2', models: [] } };
    const raw = { ...rawCondition('Train', 'Ready', 1, data), message: 'login failed: password=hunter2' };
    const line = serializeEntry(
      entryOf('condition', 1, { condition: toJournalCondition('LifelongLearningJob', raw, 0) })
    );
    expect(line).not.toContain('hunter2');
    expect(line.split(MASK)).toHaveLength(4);
  });

  it('keeps the start of data that is no JSON', () => {
    const raw = { ...rawCondition('Train', 'Completed', 1), data: '{"output":{"models":[{"url":"/ou' };
    expect(toJournalCondition('LifelongLearningJob', raw, 0).data).toEqual({ state: 'malformed', text: raw.data });
  });

  it('accepts anything', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (value, data) => {
        const conditions = [value, { type: value, stage: value, data: JSON.stringify(data) }, { data }];
        for (const raw of conditions) {
          const condition = toJournalCondition('FederatedLearningJob', raw, 0);
          expect(typeof parseEntry(serializeEntry(entryOf('condition', 0, { condition })))).toBe('object');
        }
      })
    );
  });

  it('has another hash when any field differs, and the same one otherwise', () => {
    const raw = rawCondition('Train', 'Completed', 1, { output: { models: [] } });
    expect(hashCondition({ ...raw })).toBe(hashCondition(raw));
    const hashes = [
      raw,
      { ...raw, data: undefined },
      { ...raw, lastHeartbeatTime: 'x' },
      { ...raw, reason: 'x' },
      null,
      'text',
    ];
    expect(new Set(hashes.map(hashCondition)).size).toBe(hashes.length);
  });
});

describe('conditions replayed from the journal', () => {
  const waiting = journalCondition(0, 'Eval', 'Waiting', 1);
  const reported = journalCondition(1, 'Eval', 'Completed', 2, { output: { models: [] } });
  const overwritten = journalCondition(1, 'Eval', 'Completed', 3);
  const appended = (condition: typeof waiting, second: number) => entryOf('condition', second, { condition });
  const describeAll = (entries: readonly JournalEntry[]) =>
    replayConditions([...entries].sort(compareEntries)).map(
      ({ condition, lost }) => `${condition.hash}${lost ? ' lost' : ''}`
    );

  it('has a replaced condition before the one in its place', () => {
    const entries = [
      appended(waiting, 1),
      appended(reported, 2),
      entryOf('condition-replaced', 3, { condition: overwritten, lost: reported }),
    ];
    expect(describeAll(entries)).toEqual([waiting.hash, `${reported.hash} lost`, overwritten.hash]);
    // Written again after a crash, without knowing what was there before.
    expect(describeAll([...entries, appended(waiting, 9), appended(overwritten, 9)])).toEqual(describeAll(entries));
  });

  it('has what was lost even if its own entry is missing', () => {
    const entries = [entryOf('condition-replaced', 3, { condition: overwritten, lost: reported })];
    expect(describeAll(entries)).toEqual([`${reported.hash} lost`, overwritten.hash]);
  });

  it('follows conditions that are replaced back and forth', () => {
    const entries = [
      appended(reported, 1),
      entryOf('condition-replaced', 2, { condition: overwritten, lost: reported }),
      entryOf('condition-replaced', 3, { condition: reported, lost: overwritten }),
    ];
    expect(describeAll(entries)).toEqual([`${overwritten.hash} lost`, reported.hash]);
  });

  it('marks conditions that a shorter list lacks, until they are back', () => {
    const shorter = [
      appended(waiting, 1),
      appended(reported, 2),
      entryOf('conditions-lost', 3, { before: 2, after: 1, lost: [{ index: 1, hash: reported.hash }] }),
    ];
    expect(describeAll(shorter)).toEqual([waiting.hash, `${reported.hash} lost`]);
    expect(describeAll([...shorter, appended(reported, 4)])).toEqual([waiting.hash, reported.hash]);
  });

  it('has a condition once that moved to another index', () => {
    const moved = { ...reported, index: 0 };
    const entries = [
      appended(waiting, 1),
      appended(reported, 2),
      entryOf('condition-replaced', 3, { condition: moved, lost: waiting }),
      entryOf('conditions-lost', 3, { before: 2, after: 1, lost: [reported] }),
    ];
    expect(describeAll(entries)).toEqual([`${waiting.hash} lost`, reported.hash]);
  });
});
