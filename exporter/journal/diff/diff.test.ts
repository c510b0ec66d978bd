import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { serializeEntry, type JournalEntry } from '../../../src/sedna/journal';
import { job, roundSteps } from '../../cluster/extract/jobs.fixture';
import { Journal } from '../journal';
import { JournalOutput } from '../output';
import { Progress } from '../progress';
import type { Draft } from './draft';
import { findDeploymentOwner, parseEvent, toEventDraft } from './eventDiff';
import { diffKnowledgeBase, toKnowledgeBaseState } from './knowledgeBaseDiff';
import { diffNode } from './nodeDiff';
import { diffObject, type ObjectState } from './objectDiff';
import { diffPod } from './podDiff';

type Fields = Record<string, unknown>;

function versioned(object: Fields, resourceVersion: string, generation = 1): Fields {
  const metadata = {
    ...(object.metadata as Fields),
    resourceVersion,
    generation,
    creationTimestamp: '2026-11-24T08:00:00Z',
  };
  return { ...object, metadata };
}

const whats = (drafts: readonly Draft[] | undefined) => drafts?.map(({ what }) => what);
const lifelong = (steps: number, version: string) => versioned(job('demo', roundSteps(1).slice(0, steps)), version);

function diffAll(kind: Parameters<typeof diffObject>[0], ...objects: Fields[]): Draft[][] {
  let state: ObjectState | undefined;
  return objects.map((object) => {
    const diff = diffObject(kind, state, object);
    state = diff?.state ?? state;
    return diff?.drafts ?? [];
  });
}

describe('entries of an object', () => {
  it('are its creation, each condition with its own time, and nothing for a version that is known', () => {
    const [first, second, again] = diffAll('LifelongLearningJob', lifelong(2, '1'), lifelong(5, '2'), lifelong(5, '2'));
    assert.deepEqual(whats(first), ['created', 'condition', 'condition', 'status']);
    assert.equal(first[0].time, '2026-11-24T08:00:00.000Z');
    assert.equal(first[2].time, '2026-11-24T08:01:40.000Z');
    assert.deepEqual(whats(second), ['condition', 'condition', 'condition']);
    assert.deepEqual(again, []);
  });

  it('have what was lost when a condition is replaced', () => {
    const overwritten = roundSteps(1).slice(0, 5);
    overwritten[4] = ['Train', 'Completed', 301];
    const [, [replaced]] = diffAll('LifelongLearningJob', lifelong(5, '1'), versioned(job('demo', overwritten), '2'));
    assert.equal(replaced.what, 'condition-replaced');
    assert.ok(
      replaced.what === 'condition-replaced' && 'data' in replaced.lost && replaced.condition.data === undefined
    );
    assert.match(JSON.stringify(replaced.lost), /\/output\/train\/1\/index\.pkl/);
  });

  it('tell fields of the spec that changed, and mask secrets', () => {
    const before = job('demo', []);
    const container = {
      name: 'train-worker',
      image: 'v2',
      args: ['--token', 'hunter2'],
      env: [{ name: 'DB_PASSWORD', value: 'hunter2' }],
    };
    const spec = {
      ...before.spec,
      outputDir: '/other',
      trainSpec: { ...before.spec.trainSpec, template: { spec: { containers: [container] } } },
    };
    const [, [changed, ...rest]] = diffAll(
      'LifelongLearningJob',
      versioned(before, '1'),
      versioned({ ...before, spec }, '2', 2)
    );
    assert.deepEqual(rest, []);
    assert.ok(changed.what === 'changed' && changed.away === undefined);
    assert.deepEqual(changed.fields.slice(0, 2), [
      { path: 'spec.outputDir', before: '/output', after: '/other' },
      { path: 'spec.trainSpec.template.spec.containers[0].image', before: 'i', after: 'v2' },
    ]);
    assert.equal(changed.fields.length, 5);
    assert.doesNotMatch(JSON.stringify(changed), /hunter2/);
  });

  it('tell which part of the spec changed while the exporter was away', () => {
    const before = diffObject('LifelongLearningJob', undefined, versioned(job('demo', []), '1'))!.state;
    const { specText: _, ...saved } = before;
    const spec = { ...job('demo', []).spec, outputDir: '/other' };
    const diff = diffObject('LifelongLearningJob', saved, versioned({ ...job('demo', []), spec }, '2', 2));
    assert.deepEqual(
      diff?.drafts.map((draft) => ('fields' in draft ? [draft.fields, 'away' in draft && draft.away] : [])),
      [[[{ path: 'spec.outputDir' }], true]]
    );
  });

  it('mask metrics in the status with the name of a secret', () => {
    const metrics = [
      { key: 'api_token', value: 'hunter2secret' },
      { key: 'acc', value: '0.5' },
    ];
    const [[, status]] = diffAll('Model', versioned({ ...job('m', []), spec: {}, status: { metrics } }, '1'));
    assert.deepEqual('fields' in status && status.fields, [
      { path: 'status.metrics.api_token', after: '<masked>' },
      { path: 'status.metrics.acc', after: '0.5' },
    ]);
  });

  it('are the samples of a dataset, at the time of their count', () => {
    const dataset = (numberOfSamples: number, updateTime: string, version: string) =>
      versioned({ ...job('data', []), kind: 'Dataset', spec: {}, status: { numberOfSamples, updateTime } }, version);
    const [, samples, none] = diffAll(
      'Dataset',
      dataset(150, '2026-11-24T08:00:10Z', '1'),
      dataset(250, '2026-11-24T08:01:10Z', '2'),
      dataset(250, '2026-11-24T08:02:10Z', '3')
    );
    assert.deepEqual(whats(samples), ['samples']);
    assert.ok(samples[0].what === 'samples' && samples[0].before === 150 && samples[0].after === 250);
    assert.equal(samples[0].time, '2026-11-24T08:01:10.000Z');
    assert.deepEqual(none, []);
  });

  it('are phases, counts, and metrics that changed', () => {
    const federated = (status: Fields, version: string) => versioned({ ...job('fl', []), spec: {}, status }, version);
    const [, [status]] = diffAll(
      'FederatedLearningJob',
      federated({ phase: 'Running', active: 3, succeeded: 0 }, '1'),
      federated({ phase: 'Succeeded', active: 0, succeeded: 0 }, '2')
    );
    assert.deepEqual('fields' in status && status.fields, [
      { path: 'status.active', before: 3, after: 0 },
      { path: 'status.phase', before: 'Running', after: 'Succeeded' },
    ]);
    const model = (value: string, version: string) =>
      versioned({ ...job('m', []), spec: {}, status: { metrics: [{ key: 'acc', value }] } }, version);
    const [, [metrics]] = diffAll('Model', model('0.5', '1'), model('0.6', '2'));
    assert.deepEqual('fields' in metrics && metrics.fields, [
      { path: 'status.metrics.acc', before: '0.5', after: '0.6' },
    ]);
  });

  it('are none for anything that is no object', () => {
    for (const object of [undefined, null, 1, 'x', [], {}, { metadata: [] }, { metadata: { name: 'a', uid: 'u' } }]) {
      assert.equal(diffObject('LifelongLearningJob', undefined, object), undefined);
      assert.equal(diffPod(undefined, object), undefined);
      assert.equal(diffNode(undefined, object), undefined);
      assert.equal(parseEvent(object), undefined);
    }
  });
});

const LABELS = {
  'lifelonglearningjob.sedna.io/name': 'demo',
  'lifelonglearningjob.sedna.io/uid': 'job-uid',
  'lifelonglearningjob.sedna.io/worker-type': 'train',
};
const pod = (status: Fields, labels: Fields = LABELS): Fields => ({
  metadata: {
    namespace: 'default',
    name: 'demo-train-x7k2p',
    uid: 'pod-uid',
    labels,
    creationTimestamp: '2026-11-24T08:00:00Z',
  },
  spec: { nodeName: 'edge-node' },
  status,
});
const terminated = {
  exitCode: 1,
  reason: 'Error',
  startedAt: '2026-11-24T08:00:05Z',
  finishedAt: '2026-11-24T08:00:09Z',
};

describe('entries of a pod', () => {
  it('are about its job: created, started, restarted with the exit code, and ended', () => {
    const running = { running: { startedAt: '2026-11-24T08:00:12Z' } };
    const steps = [
      pod({ phase: 'Pending' }),
      pod({
        phase: 'Running',
        containerStatuses: [{ name: 'w', restartCount: 0, state: { running: { startedAt: '2026-11-24T08:00:05Z' } } }],
      }),
      pod({
        phase: 'Running',
        containerStatuses: [{ name: 'w', restartCount: 2, state: running, lastState: { terminated } }],
      }),
      pod({
        phase: 'Failed',
        containerStatuses: [{ name: 'w', restartCount: 2, state: { terminated }, lastState: { terminated } }],
      }),
    ];
    let state;
    const drafts: Draft[] = [];
    for (const step of steps) {
      const diff = diffPod(state, step);
      state = diff?.state;
      drafts.push(...(diff?.drafts ?? []));
    }
    assert.deepEqual(whats(drafts), ['pod-created', 'pod-started', 'pod-restarted', 'pod-ended']);
    assert.deepEqual(
      drafts.map(({ kind, name, uid, time }) => `${kind} ${name} ${uid} ${time}`),
      ['08:00:00', '08:00:05', '08:00:12', '08:00:09'].map(
        (time) => `LifelongLearningJob demo job-uid 2026-11-24T${time}.000Z`
      )
    );
    assert.deepEqual('restarts' in drafts[2] && drafts[2].restarts, 2);
    assert.deepEqual('containers' in drafts[3] && drafts[3].containers, [{ container: 'w', ...terminated }]);
    assert.deepEqual(diffPod(state, steps[3])?.drafts, []);
  });

  it('tell restarts of components, and ignore pods that are not of Sedna', () => {
    const restarted = {
      phase: 'Running',
      containerStatuses: [{ name: 'lc', restartCount: 1, state: {}, lastState: { terminated } }],
    };
    assert.deepEqual(whats(diffPod(undefined, pod(restarted, { sedna: 'lc' }))?.drafts), [
      'pod-created',
      'pod-started',
      'component-restarted',
    ]);
    assert.equal(diffPod(undefined, pod(restarted, { app: 'nginx' })), undefined);
  });
});

describe('entries of a node', () => {
  it('are its ways offline and back', () => {
    const node = (status: string, lastTransitionTime: string) => ({
      metadata: { name: 'edge-node', uid: 'n' },
      status: { conditions: [{ type: 'Ready', status, lastTransitionTime, reason: 'NodeStatusUnknown' }] },
    });
    const first = diffNode(undefined, node('True', '2026-11-24T08:00:00Z'));
    const offline = diffNode(first?.state, node('Unknown', '2026-11-24T08:10:00Z'));
    const online = diffNode(offline?.state, node('True', '2026-11-24T08:20:00Z'));
    assert.deepEqual(
      [first, offline, online].map((diff) => whats(diff?.drafts)),
      [[], ['node-offline'], ['node-online']]
    );
    assert.equal(offline?.drafts[0].time, '2026-11-24T08:10:00.000Z');
  });
});

describe('events of Kubernetes', () => {
  it('have the object that they are about, their count, and the time of the last', () => {
    const event = {
      metadata: { uid: 'e' },
      involvedObject: { kind: 'Pod', namespace: 'default', name: 'demo-train-x7k2p', uid: 'pod-uid', apiVersion: 'v1' },
      type: 'Warning',
      reason: 'BackOff',
      message: 'Back-off pulling image, password=hunter2',
      count: 7,
      firstTimestamp: '2026-11-24T08:00:00Z',
      lastTimestamp: '2026-11-24T08:05:00Z',
      source: { component: 'kubelet' },
    };
    const parsed = parseEvent(event)!;
    assert.equal(parsed.subject, undefined);
    const draft = toEventDraft({ kind: 'LifelongLearningJob', namespace: 'default', name: 'demo' }, parsed, event);
    assert.equal(draft.id, 'e:7');
    assert.equal(draft.time, '2026-11-24T08:05:00.000Z');
    assert.doesNotMatch(JSON.stringify(draft), /hunter2/);
    const own = {
      ...event,
      involvedObject: { ...event.involvedObject, kind: 'ReidJob', apiVersion: 'sedna.io/v1alpha1', name: 'r' },
    };
    assert.deepEqual(parseEvent(own)?.subject, { kind: 'ReidJob', namespace: 'default', name: 'r', uid: 'pod-uid' });
    const series = {
      metadata: { uid: 'e' },
      involvedObject: event.involvedObject,
      series: { count: 3, lastObservedTime: '2026-11-24T09:00:00Z' },
    };
    assert.equal(parseEvent(series)?.count, 3);
  });

  it('of a Deployment or ReplicaSet belong to the service whose worker it runs', () => {
    const find = (kind: string, name: string) => findDeploymentOwner({ kind, name, namespace: 'default' });
    const service = { kind: 'JointInferenceService', namespace: 'default', name: 'a-b' };
    assert.deepEqual(find('Deployment', 'a-b-deployment-edge'), service);
    assert.deepEqual(find('ReplicaSet', 'a-b-deployment-cloud-5d89f7c6bd'), service);
    assert.equal(find('Deployment', 'web'), undefined);
    assert.equal(find('Pod', 'a-b-deployment-edge'), undefined);
  });
});

describe('entries of the knowledge base', () => {
  it('are rows that came, changed, and went', () => {
    const read = (count: number, tasks: string[]) =>
      toKnowledgeBaseState({
        tasks: tasks.map((task) => [task, '']),
        relations: tasks.map((task) => ['group', task]),
        models: [['group', '/model']],
        samples: [['Autumn_1.0', count, 1_764_489_600]],
      });
    const first = read(100, ['Autumn_1.0', 'Winter_1.0']);
    assert.equal(diffKnowledgeBase(new Map(), first, 0).length, 5);
    const drafts = diffKnowledgeBase(first, read(150, ['Autumn_1.0']), 1);
    assert.deepEqual(
      drafts.map((draft) => (draft.what === 'knowledge-base' ? `${draft.item} ${draft.key} ${draft.change}` : '')),
      ['task Winter_1.0 removed', 'group group changed', 'samples Autumn_1.0 changed']
    );
    assert.equal(drafts[2].time, '2025-11-30T08:00:00.000Z');
    assert.deepEqual(diffKnowledgeBase(first, first, 1), []);
  });

  it('tell a change after the part of a text that is shown', () => {
    const read = (tasks: number, suffix: string) =>
      toKnowledgeBaseState({
        tasks: [['task', `{"seasons": "${'Autumn '.repeat(200)}${suffix}"}`]],
        relations: Array.from({ length: tasks }, (_, index) => ['group', `task-with-a-long-name-${100 + index}`]),
        models: [['group', `/models/${'folder/'.repeat(200)}${suffix}`]],
        samples: [],
      });
    const drafts = diffKnowledgeBase(read(60, 'a'), read(61, 'b'), 1);
    assert.deepEqual(
      drafts.map((draft) => (draft.what === 'knowledge-base' ? `${draft.item} ${draft.change}` : '')),
      ['task changed', 'group changed', 'model changed']
    );
    assert.deepEqual(diffKnowledgeBase(read(61, 'b'), read(61, 'b'), 2), []);
  });

  it('have one state for a group of 50,000 tasks', () => {
    const relations = Array.from({ length: 50_000 }, (_, index): [string, string] => ['group', `task-${index}`]);
    const state = toKnowledgeBaseState({ tasks: [], relations, models: [], samples: [] });
    assert.equal(state.size, 1);
  });
});

describe('lines', () => {
  it('have the time of the thing if it is recent, and otherwise the time it was seen', () => {
    const lines: string[] = [];
    const output = new JournalOutput({
      bytesPerSecond: 1e9,
      onError: assert.fail,
      write: (bytes) => lines.push(Buffer.from(bytes).toString()) && bytes.length,
    });
    const nowMs = Date.parse('2026-11-24T09:00:00Z');
    const progress = new Progress({ onError: assert.fail });
    const journal = new Journal({
      output,
      progress,
      maxLineAgeMs: 1_800_000,
      onWritten: () => undefined,
      now: () => nowMs,
    });
    const created = (time?: string): Draft => ({
      kind: 'Model',
      namespace: 'a',
      name: 'm',
      uid: 'u',
      what: 'created',
      id: 'u:created',
      time,
    });
    journal.write(['2026-11-24T08:45:00Z', '2026-11-24T08:00:00Z', '2026-11-24T09:00:30Z', undefined].map(created), []);
    const entries = lines.map((line) => JSON.parse(line) as JournalEntry);
    const seen = '2026-11-24T09:00:00.000Z';
    assert.deepEqual(
      entries.map(({ at }) => at),
      ['2026-11-24T08:45:00.000Z', seen, seen, seen]
    );
    assert.deepEqual(
      entries.map(({ time }) => time),
      ['2026-11-24T08:45:00.000Z', '2026-11-24T08:00:00.000Z', '2026-11-24T09:00:30.000Z', seen]
    );
    assert.deepEqual(
      entries.map(({ seq }) => seq),
      [0, 1, 2, 3]
    );
    assert.match(serializeEntry(entries[0]), /^\{"v":1,"what":/);
  });
});
