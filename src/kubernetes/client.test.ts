import { createClient } from './client';
import { isValidName, buildObjectPath } from './apiPaths';
import { toApiError } from './apiError';
import type { ApiFailure, ApiRequest, SednaObject } from './types';

const ref = { kind: 'LifelongLearningJob', namespace: 'robots', name: 'dog' } as const;
const object: SednaObject = {
  apiVersion: 'sedna.io/v1alpha1',
  kind: 'LifelongLearningJob',
  metadata: { name: 'dog', namespace: 'robots', uid: 'u1', annotations: { 'sedna.io/Train': 'n' } },
  spec: { a: 1 },
  status: {},
};
const PATH = '/apis/sedna.io/v1alpha1/namespaces/robots/lifelonglearningjobs';

const kubernetes = (code: number, change: object = {}): ApiFailure => ({
  status: code,
  data: { kind: 'Status', apiVersion: 'v1', code, message: 'said', ...change },
});
const notFound = kubernetes(404, { details: { name: 'dog' } });

/** A server that answers in turn, by what is asked; what has no answer is refused as a fault of the test. */
function server(answers: Record<string, unknown[]>) {
  const asked: ApiRequest[] = [];
  const transport = async (request: ApiRequest) => {
    asked.push(request);
    const dryRun = request.query?.dryRun ? ' dry' : '';
    const answer = answers[`${request.method}${dryRun}`]?.shift();
    if (answer === undefined) {
      throw new Error(`unexpected ${request.method}${dryRun} ${request.path}`);
    }
    if ((answer as ApiFailure).status !== undefined && !('kind' in (answer as object))) {
      throw answer;
    }
    return answer;
  };
  return { client: createClient(transport), asked };
}

describe('paths', () => {
  it('name the plural of the kind', () => expect(buildObjectPath(ref)).toBe(`${PATH}/dog`));

  it.each(['..', '.', 'a/b', 'a%2fb', '', 'A', 'a b', 'a?x=1', 'ä', 'x'.repeat(254), 'a\n'])(
    'are never made of %j, which Kubernetes has not',
    async (name) => {
      expect(isValidName({ namespace: 'robots', name })).toBe(false);
      const { client, asked } = server({});
      await expect(client.get({ ...ref, name })).rejects.toMatchObject({ kind: 'not-found' });
      await expect(client.remove({ ...ref, namespace: name }, 'u')).rejects.toMatchObject({ kind: 'not-found' });
      expect(asked).toEqual([]);
    }
  );
  it('are made of every name that Kubernetes has', () =>
    expect(isValidName({ namespace: 'a-1', name: `a.b-c.${'x'.repeat(240)}` })).toBe(true));
});

describe('calls', () => {
  it('delete this very object', async () => {
    const { client, asked } = server({ DELETE: [{}] });
    await client.remove(ref, 'u1');
    expect(asked).toEqual([
      { method: 'DELETE', path: `${PATH}/dog`, body: expect.objectContaining({ preconditions: { uid: 'u1' } }) },
    ]);
  });

  it('patch what changed, of this very object', async () => {
    const { client, asked } = server({ PATCH: [object] });
    await client.patchMetadata(ref, 'u1', { labels: { a: null } });
    expect(asked[0]).toMatchObject({
      contentType: 'application/merge-patch+json',
      body: { metadata: { uid: 'u1', labels: { a: null } } },
    });
  });

  it('try without storing anything', async () => {
    const { client, asked } = server({ 'POST dry': [object], 'PATCH dry': [object] });
    await client.tryCreate(ref, object);
    await client.tryApply(ref, object);
    expect(asked.map(({ query }) => query?.dryRun)).toEqual(['All', 'All']);
  });

  it('tell the pods that work for this very object', async () => {
    const pod = (name: string, metadata: object) => ({
      metadata: { name, ...metadata },
      spec: { nodeName: 'edge' },
      status: { phase: 'Running' },
    });
    const uid = (value: string) => ({ labels: { 'lifelonglearningjob.sedna.io/uid': value } });
    const items = [
      pod('by-label', uid('u1')),
      pod('by-owner', { ownerReferences: [{ uid: 'u1' }] }),
      pod('of-its-forerunner', uid('u0')),
    ];
    const { client, asked } = server({ GET: [{ items }] });
    expect(await client.pods(object, 'LifelongLearningJob')).toEqual([
      { name: 'by-label', node: 'edge', phase: 'Running' },
      { name: 'by-owner', node: 'edge', phase: 'Running' },
    ]);
    expect(asked[0].query).toEqual({ labelSelector: 'lifelonglearningjob.sedna.io/name=dog' });
  });
});

describe('a call that fails', () => {
  it.each<[string, unknown, string]>([
    [
      'Grafana: the person may not',
      { status: 403, data: { message: 'plugin proxy route access denied' } },
      'refused-by-grafana',
    ],
    ['Kubernetes: the token may not', kubernetes(403), 'refused-by-kubernetes'],
    ['Kubernetes: no such token', kubernetes(401), 'token-refused'],
    ['Kubernetes: no such object', notFound, 'not-found'],
    ['Kubernetes: no such kind', kubernetes(404, { details: {} }), 'kind-not-served'],
    ['Kubernetes: no such group', { status: 404, data: '404 page not found\n' }, 'kind-not-served'],
    ['Grafana: no such route', { status: 404, data: { message: 'plugin route match not found' } }, 'other'],
    ['Kubernetes: conflict', kubernetes(409), 'conflict'],
    [
      'Kubernetes: another object by now',
      kubernetes(422, { details: { causes: [{ field: 'metadata.uid' }] } }),
      'conflict',
    ],
    ['Kubernetes: invalid', kubernetes(422), 'invalid'],
    ['Kubernetes: a field that it does not know', kubernetes(400), 'invalid'],
    ['Grafana: nobody answers', { status: 502, data: { message: 'Bad Gateway' } }, 'unreachable'],
    ['a proxy: not in time', { status: 504, data: '<html>' }, 'unreachable'],
    ['the browser: no network', new TypeError('Failed to fetch'), 'unreachable'],
    ['Kubernetes: a fault of its own', kubernetes(500), 'other'],
    ['a text', 'oh', 'unreachable'],
  ])('by %s', (_, reason, kind) => expect(toApiError(reason).kind).toBe(kind));

  it('for its fields names them', () =>
    expect(
      toApiError(kubernetes(422, { details: { causes: [{ field: 'spec.dataset', message: 'Required value' }, 7] } }))
    ).toMatchObject({ detail: 'said', fields: [{ field: 'spec.dataset', message: 'Required value' }] }));
});
