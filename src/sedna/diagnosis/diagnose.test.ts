import fc from 'fast-check';
import { KIND_NAMES } from '../kinds';
import { diagnose, FACT_NAMES, getMissingFacts, RULES, getTrainingChecklist, type Facts } from '.';
import {
  conditionAt,
  EVALUATED,
  gmLine,
  job,
  klogLine,
  lcLine,
  logLine,
  NOT_LOADED,
  NOW,
  sednaLine,
  UNREAD,
  workerLine,
} from './facts/facts.fixture';

const rulesFor = (facts: Facts) => diagnose(facts, NOW).findings.map(({ rule }) => rule);
const findingOf = (facts: Facts) => diagnose(facts, NOW).findings[0];
const offline = [{ node: 'edge0', roles: [], leaseAge: 61, worstLeaseAge: 61 }];
const backAgain = [{ node: 'edge0', roles: [], leaseAge: 5, worstLeaseAge: 700 }];

describe('an offline node', () => {
  const stuck = conditionAt('Train/Starting', 3000);
  it('is the only finding, because its reports are outdated', () => {
    expect(
      rulesFor(job({ ...stuck, nodes: offline, workers: [workerLine({ waitingReason: 'CrashLoopBackOff' })] }))
    ).toEqual(['node-offline']);
  });

  it('does not hide findings on the nodes of the workers', () =>
    expect(
      rulesFor(
        job({ ...stuck, nodes: offline, workers: [workerLine({ waitingReason: 'CrashLoopBackOff', node: 'edge9' })] })
      )
    ).toContain('crash-loop'));

  it('that is back skips rules until its reports have arrived', () => {
    const { findings, skippedRules } = diagnose(job({ ...stuck, nodes: backAgain }), NOW);
    expect(findings).toEqual([]);
    expect(skippedRules.find(({ rule }) => rule === 'no-progress')).toEqual({
      rule: 'no-progress',
      requires: [],
      requiresAny: [],
      unstableNodes: ['edge0'],
    });
  });

  describe('that is back', () => {
    const nodes = [{ ...backAgain[0], lastOffline: NOW - 200 }];
    const crashing = workerLine({ waitingReason: 'CrashLoopBackOff' });
    const isCrashLoopFound = (facts: Partial<Facts>) => rulesFor(job({ nodes, ...facts })).includes('crash-loop');

    it.each<[string, boolean, Partial<Facts>]>([
      ['nothing newer', false, { workers: [crashing] }],
      [
        'a change of its state before the node was offline',
        false,
        { workers: [{ ...crashing, changedSince: NOW - 900 }] },
      ],
      ['a change of its state since', true, { workers: [{ ...crashing, changedSince: NOW - 100 }] }],
      ['a line of it since', true, { workers: [crashing], logs: [sednaLine(100, 'INFO', 'x', crashing.pod)] }],
      [
        'a line of another pod',
        false,
        { workers: [{ ...crashing, pod: 'dog-train-other' }], logs: [sednaLine(100, 'INFO', 'x', crashing.pod)] },
      ],
      ['no worker on it', true, { workers: [{ ...crashing, node: 'edge9' }, workerLine()] }],
    ])('judges a worker by %s: %s', (_, isFound, facts) => expect(isCrashLoopFound(facts)).toBe(isFound));

    it('skips a rule about workers while any of them may be outdated', () =>
      expect(
        diagnose(job({ nodes, workers: [workerLine(), workerLine({ node: 'edge9' })] }), NOW).skippedRules.find(
          ({ rule }) => rule === 'crash-loop'
        )?.unstableNodes
      ).toEqual(['edge0']));

    const waiting = { ...conditionAt('Train/Waiting', 900), workers: [], dataset: { name: 'steps', node: 'edge0' } };
    it('is judged by lines of its local controller since its return', () => {
      const old = [lcLine(700, NOT_LOADED), lcLine(650, NOT_LOADED)];
      expect(rulesFor(job({ ...waiting, nodes, logs: old }))).toEqual([]);
      expect(rulesFor(job({ ...waiting, nodes, logs: [...old, lcLine(5, NOT_LOADED)] }))).toEqual(['dataset-unread']);
    });
  });
});

describe('missing facts', () => {
  it('lead to no finding, and skipped rules name them', () => {
    const nothing: Facts = { object: job().object };
    const { findings, skippedRules, passedRules } = diagnose(nothing, NOW);
    expect([findings, passedRules]).toEqual([[], []]);
    expect(skippedRules.find(({ rule }) => rule === 'report-lost')?.requires).toEqual([
      'condition-time',
      'completed-data',
    ]);
    expect(skippedRules.find(({ rule }) => rule === 'model-not-copied')?.requiresAny).toEqual([
      'deploy-status',
      'logs',
    ]);
    expect(getMissingFacts(diagnose(nothing, NOW))).toEqual(
      FACT_NAMES.filter((name) => !['status-counts', 'all-parts'].includes(name))
    );
    expect(getMissingFacts(diagnose({ ...nothing, isIncomplete: true }, NOW))).toContain('all-parts');
  });

  it('do not skip a rule about another condition', () =>
    expect(diagnose(job({ logs: undefined }), NOW).skippedRules.map(({ rule }) => rule)).toEqual([
      'index-not-updated',
    ]));

  describe('in log lines that do not reach back', () => {
    const inconclusive = (facts: Facts) =>
      diagnose(facts, NOW)
        .skippedRules.filter((each) => each.inconclusiveReason)
        .map((each) => `${each.rule}: ${each.inconclusiveReason}`);
    it('do not prove that the newest evaluation succeeded', () => {
      expect(inconclusive(job({ logs: [] }))).toEqual(['index-not-updated: evaluation']);
      expect(inconclusive(job({ logs: [], completedWithoutData: undefined }))).toEqual([
        'index-not-updated: evaluation',
      ]);
      expect(diagnose(job({ logs: [] }), NOW).passedRules).not.toContain('index-not-updated');
    });
    it('are irrelevant when no evaluation has ever completed', () =>
      expect(inconclusive(job({ logs: [], completedWithoutData: { Train: false } }))).toEqual([]));
    it('do not prove that the local controller is connected', () => {
      expect(inconclusive(job({ localController: undefined }))).toEqual(['local-controller-disconnected: connection']);
      const connected = gmLine(300, 'established connection for node edge0');
      expect(inconclusive(job({ localController: undefined, logs: [EVALUATED, connected] }))).toEqual([]);
    });
  });

  it('leave the age of a condition unknown instead of infinite', () =>
    expect(rulesFor(job({ condition: { stage: 'Train', type: 'Ready' } }))).toEqual([]));
});

describe('a finding', () => {
  it('contains the values and log lines that decided it', () => {
    const logs = [
      sednaLine(
        200,
        'WARNING',
        'Connection refused in request http://localhost:9100/sedna/workers/train-worker-a/info'
      ),
      sednaLine(190, 'ERROR', 'RetryError[<Future at 0x1 state=finished returned NoneType>]'),
      logLine(
        180,
        'gm',
        klogLine('E', 'Error to handle lifelonglearningjob robots/dog operation(status): invalid condition stage: ')
      ),
    ];
    expect(
      findingOf(
        job({
          ...conditionAt('Eval/Waiting', 120),
          completedWithoutData: { Train: true },
          hasTrainedModel: false,
          logs,
        })
      )
    ).toEqual({
      rule: 'report-lost',
      severity: 'error',
      since: NOW - 120,
      params: { stage: 'Train', next: 'Eval', isCutOff: true },
      evidence: [
        { query: 'completed-without-data', values: { stage: 'Train', withoutData: true } },
        { query: 'condition', values: { stage: 'Eval', condition: 'Waiting', ageSeconds: 120 } },
        {
          query: 'lines',
          values: { count: 3 },
          lines: logs,
          signatures: ['report-refused', 'report-lost', 'stage-invalid'],
        },
      ],
    });
  });

  it('names the pod, node, restarts, and exception of a crash', () => {
    const logs = [logLine(30, 'train-worker', "ValueError: can't find class type", 'dog-train-abcde')];
    expect(findingOf(job({ workers: [workerLine({ recentRestarts: 4 })], logs })).params).toEqual({
      pod: 'dog-train-abcde',
      worker: 'train',
      node: 'edge0',
      count: 4,
      exception: "ValueError: can't find class type",
    });
  });

  it('takes the exception from a traceback in one log entry', () => {
    const logs = [
      logLine(
        30,
        'train-worker',
        'Traceback (most recent call last):\n  File "a.py", line 1\nKeyError: 34',
        'dog-train-abcde'
      ),
    ];
    expect(findingOf(job({ workers: [workerLine({ recentRestarts: 4 })], logs })).params.exception).toBe(
      'KeyError: 34'
    );
  });

  it('with an error precedes one with a warning', () =>
    expect(
      rulesFor(
        job({
          ...conditionAt('Train/Running', 900),
          workers: [workerLine({ recentRestarts: 9 })],
          knowledgeBase: { podPhase: 'Failed' },
        })
      )
    ).toEqual(['crash-loop', 'knowledge-base-unreachable']));
});

describe('whatever the facts are', () => {
  const text = fc.oneof(
    fc.constantFrom('Train', 'Eval', 'Deploy', 'Waiting', 'Ready', 'Running', 'Failed', 'edge0', '>', '__proto__'),
    fc.string()
  );
  const number = fc.oneof(fc.integer(), fc.double());
  const facts = fc.record(
    {
      condition: fc.record({ stage: text, type: text, since: number }, { requiredKeys: ['stage', 'type'] }),
      hasTrainedModel: fc.boolean(),
      completedWithoutData: fc.record({ Train: fc.boolean(), Eval: fc.boolean() }, { requiredKeys: [] }),
      failures: fc.array(
        fc.record({ window: number, failed: number, completedRounds: number }, { requiredKeys: ['window', 'failed'] })
      ),
      workers: fc.array(
        fc.record(
          { pod: text, type: text, phase: text, recentRestarts: number, waitingReason: text },
          { requiredKeys: ['pod', 'type', 'phase', 'recentRestarts'] }
        )
      ),
      failedWorkers: number,
      nodes: fc.array(fc.record({ node: text, roles: fc.array(text), leaseAge: number, worstLeaseAge: number })),
      localController: fc.record({ node: text, connected: fc.boolean() }),
      dataset: fc.record(
        { name: text, node: text, format: text, updated: number, read: fc.boolean() },
        { requiredKeys: ['name'] }
      ),
      trigger: fc.record(
        { operator: text, metric: text, threshold: number, windowStart: text, windowEnd: text },
        { requiredKeys: [] }
      ),
      deployNotOk: fc.boolean(),
      knowledgeBase: fc.record({ readable: fc.boolean(), podPhase: text }, { requiredKeys: [] }),
      freshness: fc.record({ sampled: number, sources: fc.array(fc.record({ source: text, lastSuccess: number })) }),
      logs: fc.array(
        fc.record({
          time: number,
          level: fc.constant('info' as const),
          namespace: text,
          pod: text,
          container: fc.constantFrom('gm', 'lc', 'eval-worker'),
          text: fc.oneof(
            text,
            fc.constantFrom(NOT_LOADED, UNREAD, 'KB update Fail', 'closed connection for node edge0')
          ),
        })
      ),
    },
    { requiredKeys: [] }
  );

  it('no rule throws, each passes, finds, or is skipped, and the checklist is complete', () =>
    fc.assert(
      fc.property(facts, fc.constantFrom(...KIND_NAMES), text, text, number, (given, kind, namespace, name, now) => {
        const all: Facts = { ...given, object: { kind, namespace, name } };
        const { findings, skippedRules, passedRules } = diagnose(all, now);
        const ruled = RULES.filter(({ kinds }) => kinds.includes(kind)).map(({ id }) => id);
        const seen = [...findings, ...skippedRules].map(({ rule }) => rule).concat(passedRules);
        expect(new Set(seen).size).toBe(seen.length);
        expect(ruled).toEqual(expect.arrayContaining(seen));
        expect(getTrainingChecklist(all, now).map(({ item }) => item)).toHaveLength(5);
      })
    ));
});
