import { createClient } from './client';
import { recreate, type RecreateStep } from './recreate';
import type { ApiFailure, ApiRequest, SednaObject } from './types';

const ref = { kind: 'LifelongLearningJob', namespace: 'robots', name: 'dog' } as const;
const object: SednaObject = {
  apiVersion: 'sedna.io/v1alpha1',
  kind: 'LifelongLearningJob',
  metadata: {
    name: 'dog',
    namespace: 'robots',
    uid: 'u1',
    generation: 1,
    resourceVersion: '7',
    annotations: { 'sedna.io/Train': 'n' },
  },
  spec: { a: 1, b: 2 },
  status: {},
};
const changed = (metadata: object, rest: object = {}): SednaObject => ({
  ...object,
  ...rest,
  metadata: { ...object.metadata, ...metadata },
});

const kubernetes = (code: number, change: object = {}): ApiFailure => ({
  status: code,
  data: { kind: 'Status', apiVersion: 'v1', code, message: 'said', ...change },
});
const notFound = kubernetes(404, { details: { name: 'dog' } });
const away: ApiFailure = { status: 502 };
const created = changed({ uid: 'u2' });

/** A server that holds one object; `answers` come first, by what is asked: a failure is thrown, a function runs. */
function server(answers: Record<string, unknown[]> = {}) {
  const held: { now?: SednaObject } = { now: object };
  const asked: ApiRequest[] = [];
  const usual = ({ method, query }: ApiRequest): unknown => {
    if (query?.dryRun) {
      return object;
    }
    if (method === 'POST') {
      held.now = created;
    } else if (method === 'DELETE') {
      held.now = undefined;
      return {};
    }
    if (!held.now) {
      throw notFound;
    }
    return held.now;
  };
  const transport = async (request: ApiRequest) => {
    asked.push(request);
    const answer = answers[`${request.method}${request.query?.dryRun ? ' dry' : ''}`]?.shift();
    if (typeof answer === 'function') {
      return answer(held, () => usual(request));
    }
    if (answer === undefined) {
      return usual(request);
    }
    if ((answer as ApiFailure).status !== undefined && !('kind' in (answer as object))) {
      throw answer;
    }
    return answer;
  };
  return { client: createClient(transport), asked, held };
}
type Held = ReturnType<typeof server>['held'];

function run(answers: Record<string, unknown[]> = {}, { maxChecks = 3, seen = object } = {}) {
  const { client, asked, held } = server(answers);
  const steps: RecreateStep[] = [];
  const onStep = (step: RecreateStep) => steps.push(step);
  const outcome = recreate({ client, ref, object: seen, pause: async () => {}, maxChecks, onStep });
  const methods = () => asked.map(({ method, query }) => `${method}${query?.dryRun ? ' dry' : ''}`);
  return { outcome, asked, held, steps, methods };
}

it('tries, looks, deletes, waits until it is gone, creates', async () => {
  const { outcome, asked, steps, methods } = run({ GET: [object, object, away] });
  expect(await outcome).toEqual({ state: 'created', object: created });
  expect(steps).toEqual(['check', 'delete', 'wait', 'create']);
  expect(methods()).toEqual(['POST dry', 'GET', 'DELETE', 'GET', 'GET', 'GET', 'POST']);
  expect(asked[0].body).toMatchObject({ metadata: { generateName: 'dog-' }, spec: { a: 1 } });
  expect(asked.at(-1)?.body).toEqual({
    apiVersion: 'sedna.io/v1alpha1',
    kind: 'LifelongLearningJob',
    metadata: { name: 'dog', namespace: 'robots' },
    spec: { a: 1, b: 2 },
  });
});

it('deletes nothing that could not be created anew', async () => {
  const { outcome, asked } = run({ 'POST dry': [kubernetes(422)] });
  expect(await outcome).toMatchObject({ state: 'unchanged', step: 'check', problem: { kind: 'invalid' } });
  expect(asked).toHaveLength(1);
});

describe('what is there by now', () => {
  it.each<[string, SednaObject]>([
    ['another object of this name', changed({ uid: 'u9' })],
    ['another spec', changed({ generation: 2 }, { spec: { a: 2, b: 2 } })],
    ['another generation', changed({ generation: 2 })],
    ['other labels', changed({ labels: { team: 'a' } })],
    ['other annotations', changed({ annotations: { 'sedna.io/Train': 'n', note: 'x' } })],
    ['an object on its way out', changed({ deletionTimestamp: '2026-11-24T08:00:00Z' })],
  ])('is not replaced by what was seen: %s', async (_, now) => {
    const { outcome, methods } = run({ GET: [now] });
    expect(await outcome).toMatchObject({ state: 'unchanged', step: 'check', problem: { kind: 'conflict' } });
    expect(methods()).not.toContain('DELETE');
  });

  it('may have another status, other notes of Sedna, and its fields in another order', async () => {
    const now = changed(
      { resourceVersion: '8', annotations: { 'sedna.io/Train': 'other' } },
      { spec: { b: 2, a: 1 }, status: { phase: 'x' } }
    );
    expect(await run({ GET: [now] }).outcome).toMatchObject({ state: 'created' });
  });

  it('may be nothing', async () => {
    const { outcome, methods } = run({ GET: [notFound] });
    expect(await outcome).toMatchObject({ state: 'unchanged', step: 'check', problem: { kind: 'not-found' } });
    expect(methods()).not.toContain('DELETE');
  });
});

describe('deleting', () => {
  it.each([kubernetes(409), kubernetes(403), kubernetes(401), { status: 403, data: { message: 'denied' } }])(
    'that is refused changes nothing, and is not asked about: %j',
    async (refusal) => {
      const { outcome, methods } = run({ DELETE: [refusal] });
      expect(await outcome).toMatchObject({ state: 'unchanged', step: 'delete' });
      expect(methods().at(-1)).toBe('DELETE');
    }
  );

  const SILENCE: Array<[string, unknown]> = [
    ['502', away],
    ['504', { status: 504, data: '<html>' }],
    ['500', kubernetes(500)],
    ['a connection that is dropped', new TypeError('Failed to fetch')],
  ];
  const deletesAndRejects = (reason: unknown) => (_: Held, usual: () => unknown) => {
    usual();
    throw reason;
  };
  const rejects = (reason: unknown) => () => {
    throw reason;
  };

  it.each(SILENCE)('that took place and was answered with %s is gone on with', async (_, reason) => {
    const { outcome, held, steps } = run({ DELETE: [deletesAndRejects(reason)] });
    expect(await outcome).toEqual({ state: 'created', object: created });
    expect(held.now).toEqual(created);
    expect(steps).toEqual(['check', 'delete', 'wait', 'create']);
  });

  it('that found nothing any more is gone on with', async () =>
    expect(await run({ DELETE: [deletesAndRejects(notFound)] }).outcome).toMatchObject({ state: 'created' }));

  it('that has only begun is waited for', async () => {
    const going = changed({ deletionTimestamp: '2026-11-24T08:00:00Z' });
    const { outcome, held } = run({ DELETE: [deletesAndRejects(away)], GET: [object, going, going] });
    expect(await outcome).toMatchObject({ state: 'created' });
    expect(held.now).toEqual(created);
  });

  it('that takes place late is seen all the same', async () => {
    const { outcome } = run({ DELETE: [deletesAndRejects(away)], GET: [object, object, away, object] });
    expect(await outcome).toMatchObject({ state: 'created' });
  });

  it.each(SILENCE)('that did not take place, by %s, leaves it unchanged', async (_, reason) => {
    const { outcome, held } = run({ DELETE: [rejects(reason)] });
    expect(await outcome).toMatchObject({ state: 'unchanged', step: 'delete' });
    expect(held.now).toEqual(object);
  });

  it.each<[string, unknown[]]>([
    ['nobody answers', Array(20).fill(away)],
    ['reading is refused', [kubernetes(403)]],
  ])('of which nobody knows keeps the manifest: %s', async (_, reads) => {
    const { outcome } = run({ DELETE: [deletesAndRejects(away)], GET: [object, ...reads] });
    expect(await outcome).toMatchObject({
      state: 'unknown',
      problem: { kind: 'unreachable' },
      manifest: { metadata: { name: 'dog' }, spec: { a: 1 } },
    });
  });
});

describe('after deleting', () => {
  it('keeps the manifest, with its secrets, where creating fails', async () =>
    expect(await run({ POST: [away] }).outcome).toMatchObject({
      state: 'halfway',
      step: 'create',
      problem: { kind: 'unreachable' },
      manifest: { spec: { a: 1 } },
    }));

  it('does not wait for ever for what something holds', async () =>
    expect(await run({ GET: [object, object, object, object] }).outcome).toMatchObject({
      state: 'halfway',
      step: 'wait',
      problem: { kind: 'still-there' },
    }));

  it.each([
    ['answered', [{}]],
    ['not answered', [away]],
  ])('does not replace what somebody else has created meanwhile, where it was %s', async (_, answer) =>
    expect(await run({ DELETE: answer, GET: [object, created, created] }).outcome).toMatchObject({
      state: 'halfway',
      step: 'wait',
      problem: { kind: 'conflict' },
    })
  );
});
