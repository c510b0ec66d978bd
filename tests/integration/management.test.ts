/** Sends the requests of the app to a real Kubernetes API, with the tokens and permissions of the documentation. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { after, before, beforeEach, test } from 'node:test';
import type { KubeConfig, KubernetesObject } from '@kubernetes/client-node';
import { applyObjects, ProcessGroup, type ApiServer } from '../../tools/engines';
import { sharedFile } from '../../simulator/engine/testUtils';
import { grantAccess, type KubernetesAccess } from '../../tools/engines/kubernetes/grantAccess';
import { createClient, type KubernetesClient } from '../../src/kubernetes/client';
import { recreate } from '../../src/kubernetes/recreate';
import { KubernetesApiError } from '../../src/kubernetes/apiError';
import type { ApiRequest, SednaObject } from '../../src/kubernetes/types';
import { KIND_NAMES, SEDNA_GROUP, SEDNA_VERSION, type KindName } from '../../src/sedna/kinds';
import { startCluster } from './support/cluster';
import { createTemporaryFolder } from './support/folder';
import { SPECS, STATUSES } from './support/sednaObjects';
import type { ObjectRef } from '../../src/sedna/objectRef';

const NAMESPACE = 'management';
const realCrds = sharedFile('sedna', 'crds');
const stack = new ProcessGroup();
const dir = createTemporaryFolder();
let api: ApiServer;
let admin: KubeConfig;
let access: KubernetesAccess;
let reader: KubernetesClient;
let writer: KubernetesClient;
/** Client of the app: reads with one token, and writes with the other. */
let app: KubernetesClient;

before(async () => {
  ({ api, admin } = await startCluster({ stack, dir, crds: 'real' }));
  await applyObjects(admin, [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } }]);
  access = await grantAccess(api);
  reader = createClient((call) => send(call, access.readToken));
  writer = createClient((call) => send(call, access.writeToken));
  app = createClient((call) => send(call, call.method === 'GET' ? access.readToken : access.writeToken));
});
after(() => stack.stop());

const toRef = (kind: KindName, name = 'dog'): ObjectRef => ({ kind, namespace: NAMESPACE, name });
const JOB = toRef('LifelongLearningJob');
const DATASET = toRef('Dataset');

function createManifest({ kind, namespace, name }: ObjectRef, change: object = {}): SednaObject {
  return {
    apiVersion: `${SEDNA_GROUP}/${SEDNA_VERSION}`,
    kind,
    metadata: { name, namespace },
    spec: { ...SPECS[kind], ...change },
  };
}

/** Sends a request like Grafana's proxy. */
function send({ method, path: target, query, body, contentType }: ApiRequest, token: string): Promise<unknown> {
  const url = `${api.url}${target}?${new URLSearchParams(query)}`;
  const text = body && JSON.stringify(body);
  const headers = {
    authorization: `Bearer ${token}`,
    accept: 'application/json',
    // Without this header Node sends the body of a DELETE without its length, and the server ignores it.
    ...(text && {
      'content-type': contentType ?? 'application/json',
      'content-length': String(Buffer.byteLength(text)),
    }),
  };
  return new Promise((resolve, reject) => {
    const call = request(url, { method, headers, ca: readFileSync(api.caFile), agent: false }, (response) => {
      let answer = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk));
      response.on('error', reject).on('end', () => {
        const { statusCode: status = 0 } = response;
        const isJson = response.headers['content-type']?.includes('json');
        const data: unknown = isJson ? JSON.parse(answer) : answer;
        if (status >= 200 && status < 300) {
          resolve(data);
        } else {
          reject({ status, data });
        }
      });
    });
    call.on('error', reject).end(text);
  });
}

/** Asserts that a call fails with a kind of error. */
async function assertRefused(call: Promise<unknown>, kind: string, detail?: RegExp): Promise<void> {
  await assert.rejects(call, (reason) => {
    assert.ok(reason instanceof KubernetesApiError, String(reason));
    assert.equal(reason.kind, kind, reason.detail);
    assert.match(reason.detail, detail ?? /./);
    return true;
  });
}

/** Each test starts with these two objects. */
beforeEach(async () => {
  for (const each of [JOB, DATASET]) {
    const existing = await app.get(each).catch(() => undefined);
    if (existing) {
      await app.remove(each, existing.metadata.uid!);
    }
    await app.create(each, createManifest(each));
  }
});

test('the documented manifest grants all permissions of the app for every kind', async () => {
  assert.match(await reader.version(), /^v1\./);
  for (const kind of KIND_NAMES) {
    await reader.canList(kind);
    const one = toRef(kind, 'each-kind');
    await app.create(one, createManifest(one));
    const { metadata } = await app.patchMetadata(one, (await app.get(one)).metadata.uid!, { labels: { team: 'a' } });
    assert.deepEqual(metadata.labels, { team: 'a' });
    await app.tryApply(one, createManifest(one));
    await app.pods(await app.get(one), kind);
    await app.remove(one, metadata.uid!);
    await assertRefused(app.get(one), 'not-found', /each-kind/);
  }
});

test("the read token can't write", async () => {
  const { metadata } = await reader.get(JOB);
  await assertRefused(reader.remove(JOB, metadata.uid!), 'refused-by-kubernetes', /cannot delete/);
  await assertRefused(
    reader.patchMetadata(JOB, metadata.uid!, { labels: { a: '1' } }),
    'refused-by-kubernetes',
    /cannot patch/
  );
  await assertRefused(
    reader.create(toRef('Dataset', 'cat'), createManifest(toRef('Dataset', 'cat'))),
    'refused-by-kubernetes'
  );
  await assertRefused(
    reader.tryCreate(toRef('Dataset', 'cat'), createManifest(toRef('Dataset', 'cat'))),
    'refused-by-kubernetes'
  );
  assert.equal((await reader.get(JOB)).metadata.resourceVersion, metadata.resourceVersion);
});

test("the write token can't read, and neither token can access other resources", async () => {
  await assertRefused(writer.get(JOB), 'refused-by-kubernetes', /cannot get/);
  const elsewhere: ApiRequest[] = [
    { method: 'GET', path: '/api/v1/namespaces/sedna/secrets' },
    { method: 'GET', path: `/api/v1/namespaces/${NAMESPACE}/configmaps` },
    { method: 'GET', path: '/apis/rbac.authorization.k8s.io/v1/clusterroles' },
    { method: 'POST', path: `/api/v1/namespaces/${NAMESPACE}/pods`, body: {} },
    { method: 'PATCH', path: `${statusPath()}`, body: { status: {} }, contentType: 'application/merge-patch+json' },
    { method: 'DELETE', path: `/api/v1/namespaces/${NAMESPACE}` },
  ];
  for (const call of elsewhere) {
    for (const token of [access.readToken, access.writeToken]) {
      await assert.rejects(send(call, token), { status: 403 }, `${call.method} ${call.path}`);
    }
  }
});

const statusPath = () =>
  `/apis/${SEDNA_GROUP}/${SEDNA_VERSION}/namespaces/${NAMESPACE}/lifelonglearningjobs/dog/status`;

test("the tokens can't impersonate users", async () => {
  const call = new Promise<number>((resolve, reject) =>
    request(
      `${api.url}/api/v1/namespaces`,
      {
        ca: readFileSync(api.caFile),
        agent: false,
        headers: {
          authorization: `Bearer ${access.readToken}`,
          'impersonate-user': 'admin',
          'impersonate-group': 'system:masters',
        },
      },
      (response) => resolve(response.resume().statusCode ?? 0)
    )
      .on('error', reject)
      .end()
  );
  assert.equal(await call, 403);
});

test('a wrong token and an unknown name cause different errors', async () => {
  await assertRefused(createClient((call) => send(call, 'wrong')).get(JOB), 'token-refused');
  await assertRefused(app.get({ ...JOB, name: 'unknown' }), 'not-found', /"unknown" not found/);
  await assertRefused(app.get({ ...JOB, name: '../dog' }), 'not-found');
});

test('deleting removes the given object, but not a recreated one', async () => {
  const { uid } = (await app.get(DATASET)).metadata;
  await assertRefused(app.remove(DATASET, '00000000-0000-0000-0000-000000000000'), 'conflict', /uid/i);
  assert.equal((await app.get(DATASET)).metadata.uid, uid);
  await app.remove(DATASET, uid!);
  await assertRefused(app.get(DATASET), 'not-found');
});

test('an edit changes only the given fields of the given object', async () => {
  const { uid } = (await app.get(JOB)).metadata;
  await app.patchMetadata(JOB, uid!, { labels: { a: '1', b: '2' }, annotations: { note: 'x "y"\nz' } });
  await app.patchMetadata(JOB, uid!, { labels: { a: null } });
  const { metadata, spec } = await app.get(JOB);
  assert.deepEqual(metadata.labels, { b: '2' });
  assert.deepEqual(metadata.annotations, { note: 'x "y"\nz' });
  assert.deepEqual(spec, createManifest(JOB).spec);
  await assertRefused(
    app.patchMetadata(JOB, '00000000-0000-0000-0000-000000000000', { labels: { a: '2' } }),
    'conflict'
  );
});

test('a dry run returns the result and stores nothing', async () => {
  const cat = toRef('Dataset', 'cat');
  const tried = await app.tryCreate(cat, createManifest(cat));
  assert.equal(tried.metadata.name, 'cat');
  await assertRefused(app.get(cat), 'not-found');
  await assertRefused(app.tryCreate(DATASET, createManifest(DATASET)), 'conflict', /already exists/);

  const { metadata } = await app.get(DATASET);
  const applied = await app.tryApply(DATASET, createManifest(DATASET, { url: '/data/other.csv' }));
  assert.equal((applied.spec as { url: string }).url, '/data/other.csv');
  assert.deepEqual((await app.get(DATASET)).spec, createManifest(DATASET).spec);
  assert.equal((await app.get(DATASET)).metadata.resourceVersion, metadata.resourceVersion);
});

test('an object that violates the schema fails with the fields', { skip: realCrds.skip }, async () => {
  const cat = toRef('Dataset', 'cat');
  await assert.rejects(
    app.tryCreate(cat, { ...createManifest(cat), spec: { url: 7 } }),
    ({ kind, fields }: KubernetesApiError) => {
      assert.equal(kind, 'invalid');
      assert.ok(
        fields.some(({ field }) => field.startsWith('spec.')),
        JSON.stringify(fields)
      );
      return true;
    }
  );
  await assertRefused(app.tryCreate(cat, createManifest(cat, { extra: 1 })), 'invalid', /unknown field "spec\.extra"/);
});

test('a restart recreates the object without status and annotations of earlier rounds', async () => {
  const { uid } = (await app.get(JOB)).metadata;
  await applyObjects(
    admin,
    [{ ...createJobRef(), status: STATUSES.LifelongLearningJob } as KubernetesObject],
    'status'
  );
  await app.patchMetadata(JOB, uid!, {
    labels: { team: 'a' },
    annotations: { 'sedna.io/Train': 'edge-node', 'sedna.io/credential': 'abc', note: 'kept' },
  });
  const object = await app.get(JOB);
  assert.ok(object.status);
  const outcome = await recreate({ client: app, ref: JOB, object });
  assert.equal(outcome.state, 'created', JSON.stringify(outcome));
  const recreated = await app.get(JOB);
  assert.notEqual(recreated.metadata.uid, uid);
  assert.deepEqual(recreated.spec, object.spec);
  assert.deepEqual(recreated.metadata.labels, { team: 'a' });
  assert.deepEqual(recreated.metadata.annotations, { note: 'kept' });
  assert.equal(recreated.status, undefined);
});

test("a restart deletes nothing if the token can't create objects", async () => {
  const object = await app.get(JOB);
  const outcome = await recreate({ client: reader, ref: JOB, object });
  assert.deepEqual(outcome.state === 'unchanged' && [outcome.step, outcome.problem.kind], [
    'check',
    'refused-by-kubernetes',
  ]);
  assert.equal((await app.get(JOB)).metadata.uid, object.metadata.uid);
});

test('a restart deletes nothing if the object changed meanwhile', async () => {
  const object = await app.get(JOB);
  await app.patchMetadata(JOB, object.metadata.uid!, { labels: { team: 'b' } });
  const outcome = await recreate({ client: app, ref: JOB, object });
  assert.deepEqual(outcome.state === 'unchanged' && [outcome.step, outcome.problem.kind], ['check', 'conflict']);
  const { metadata } = await app.get(JOB);
  assert.deepEqual([metadata.uid, metadata.labels], [object.metadata.uid, { team: 'b' }]);
});

test('a restart continues after a lost response only if the object was deleted', async () => {
  /** Creates a client that loses the response to a DELETE, before or after the deletion. */
  const createDroppingClient = (deletes: boolean) =>
    createClient(async (call) => {
      if (call.method !== 'DELETE') {
        return send(call, call.method === 'GET' ? access.readToken : access.writeToken);
      }
      if (deletes) {
        await send(call, access.writeToken);
      }
      throw { status: 502, data: 'Bad Gateway' };
    });
  const object = await app.get(JOB);
  const options = { ref: JOB, object, pause: async () => {} };
  const kept = await recreate({ ...options, client: createDroppingClient(false) });
  assert.equal(kept.state, 'unchanged', JSON.stringify(kept));
  assert.equal((await app.get(JOB)).metadata.uid, object.metadata.uid);
  const made = await recreate({ ...options, client: createDroppingClient(true) });
  assert.equal(made.state, 'created', JSON.stringify(made));
  assert.notEqual((await app.get(JOB)).metadata.uid, object.metadata.uid);
});

test('a restart that waits for a finalizer returns the manifest', async () => {
  const cat = toRef('Dataset', 'held');
  await app.create(cat, {
    ...createManifest(cat),
    metadata: { name: 'held', namespace: NAMESPACE, finalizers: ['example.org/hold'] },
  });
  const object = await app.get(cat);
  const outcome = await recreate({ client: app, ref: cat, object, pause: async () => {}, maxChecks: 2 });
  assert.deepEqual(outcome.state === 'halfway' && [outcome.step, outcome.problem.kind, outcome.manifest.spec], [
    'wait',
    'still-there',
    createManifest(cat).spec,
  ]);
});

test("the pods of an object don't include those of a recreated one", async () => {
  const { metadata } = await app.get(JOB);
  const pod = (name: string, uid: string) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: NAMESPACE,
      labels: { 'lifelonglearningjob.sedna.io/name': 'dog', 'lifelonglearningjob.sedna.io/uid': uid },
    },
    spec: { nodeName: 'edge-node', containers: [{ name: 'a', image: 'a' }] },
  });
  await applyObjects(admin, [pod('dog-train-1', metadata.uid!), pod('dog-train-0', 'another')]);
  assert.deepEqual(await app.pods(await app.get(JOB), 'LifelongLearningJob'), [
    { name: 'dog-train-1', node: 'edge-node', phase: 'Pending' },
  ]);
});

const createJobRef = () => ({
  apiVersion: `${SEDNA_GROUP}/${SEDNA_VERSION}`,
  kind: JOB.kind,
  metadata: { name: JOB.name, namespace: NAMESPACE },
});
