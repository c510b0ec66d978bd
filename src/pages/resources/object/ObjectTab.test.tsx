import React from 'react';
import { config } from '@grafana/runtime';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvents from '@testing-library/user-event';
import { NEVER, of, throwError, type Observable } from 'rxjs';
import { PluginContext } from '../../../platform/PluginContext';
import { mockGrafana } from '../../../test/mockGrafana';
import { renderInApp } from '../../../test/render';
import { downloadText } from './manifest/downloadText';
import { ObjectTab } from './ObjectTab';
import { TEST_IDS } from '../../../ui/testIds';

jest.mock('@grafana/ui', () => ({
  ...jest.requireActual('@grafana/ui'),
  // Grafana loads the real editor from its own server.
  CodeEditor: ({ value, readOnly, onChange }: { value: string; readOnly?: boolean; onChange?: (v: string) => void }) =>
    readOnly ? (
      <pre>{value}</pre>
    ) : (
      <textarea aria-label="Editor" value={value} onChange={({ target }) => onChange?.(target.value)} />
    ),
}));
jest.mock('./manifest/downloadText', () => ({ downloadText: jest.fn() }));

const PROXY = '/api/plugin-proxy/kubeedge-sedna-app';
const PATH = '/apis/sedna.io/v1alpha1/namespaces/robots/lifelonglearningjobs';
const ADDRESS = { kind: 'LifelongLearningJob', namespace: 'robots', name: 'dog' } as const;
const WHOLE_RIGHTS = { 'kubeedge-sedna-app.resources:read': true, 'kubeedge-sedna-app.resources:write': true };

const condition = (stage: string, type: string, time: string, change: object = {}) => ({
  stage,
  type,
  status: 'True',
  lastTransitionTime: time,
  ...change,
});
const object = (uid = 'u1') => ({
  apiVersion: 'sedna.io/v1alpha1',
  kind: 'LifelongLearningJob',
  metadata: {
    name: 'dog',
    namespace: 'robots',
    uid,
    resourceVersion: '7',
    labels: { team: 'a' },
    annotations: { 'sedna.io/credential': 'hunter2', 'sedna.io/Train': 'edge-node' },
    managedFields: [{ manager: 'gm' }],
  },
  spec: { trainSpec: { template: { spec: { containers: [{ env: [{ name: 'S3_SECRET', value: 'hunter2' }] }] } } } },
  status: {
    conditions: [
      condition('Train', 'Waiting', '2026-11-24T08:00:00Z'),
      condition('Train', 'Completed', '2026-11-24T08:05:00Z', {
        message: 'reported by lc',
        data: '{"input":{"dataURL":"/d.csv","outputDir":"/output/train/4"},"output":{"models":[{"url":"/m.pkl","metrics":{"f1":0.5}}]}}',
      }),
      condition('Eval', 'Waiting', '2026-11-24T08:05:00Z', { data: '{"cut' }),
    ],
  },
});

type MockResponse = () => Observable<unknown>;
const ok =
  (data: unknown): MockResponse =>
  () =>
    of({ data });
const refuse =
  (status: number, data: unknown): MockResponse =>
  () =>
    throwError(() => ({ status, data }));
const kubernetes = (code: number, change: object = {}) => refuse(code, { kind: 'Status', message: 'said', ...change });
const gone = kubernetes(404, { details: { name: 'dog' } });

/** Responses by method and path after the route, in their order; the last one repeats. */
let answers: Record<string, MockResponse[]>;
const asked: Array<{ what: string; body: any; url: string }> = [];

const fetch = jest.fn(({ method = 'GET', url, data }: { method?: string; url: string; data?: string }) => {
  const what = `${method} ${url.replace(PROXY, '')}`;
  asked.push({ what, url, body: typeof data === 'string' ? JSON.parse(data) : data });
  const key = Object.keys(answers).find((start) => what.startsWith(start));
  const left = key === undefined ? [] : answers[key];
  const answer = left.length > 1 ? left.shift() : left[0];
  return answer ? answer() : throwError(() => new Error(`unexpected ${what}`));
});

const READ = `GET /kubernetes${PATH}/dog`;
const PODS = 'GET /kubernetes/api/v1/namespaces/robots/pods';
const TRY = `POST /kubernetes-write${PATH}?fieldManager=sedna-ops&fieldValidation=Strict&dryRun=All`;
const CREATE = `POST /kubernetes-write${PATH}?fieldManager=sedna-ops&fieldValidation=Strict`;
const DELETE = `DELETE /kubernetes-write${PATH}/dog`;
const PATCH = `PATCH /kubernetes-write${PATH}/dog`;
const ANNOTATE = 'POST /api/annotations';

beforeEach(() => {
  jest.mocked(downloadText).mockClear();
  asked.length = 0;
  answers = {
    [READ]: [ok(object())],
    [PODS]: [ok({ items: [{ metadata: { name: 'dog-train-1', ownerReferences: [{ uid: 'u1' }] } }] })],
    [TRY]: [ok(object())],
    [CREATE]: [ok(object('u2'))],
    [DELETE]: [ok({})],
    [PATCH]: [ok(object())],
    [ANNOTATE]: [ok({})],
  };
});

interface Options {
  kubernetesUrl?: string;
  permissions?: Record<string, boolean>;
  secureJsonFields?: Record<string, boolean>;
  find?: string;
}

function open({ permissions = WHOLE_RIGHTS, secureJsonFields, find = '', ...settings }: Options = {}) {
  mockGrafana({ settings: { kubernetesUrl: 'https://k', ...settings }, fetch: fetch as never });
  config.bootData.user.permissions = permissions;
  const meta = { id: 'kubeedge-sedna-app', secureJsonFields };
  return renderInApp(
    <PluginContext.Provider value={meta as never}>
      <ObjectTab address={ADDRESS} format="yaml" find={find} onFormatChange={() => {}} onFindChange={() => {}} />
    </PluginContext.Provider>
  );
}
// Queries by role over the whole page are slow in jsdom.
const userEvent = userEvents.setup({ pointerEventsCheck: 0, delay: null });
const button = async (name: string) => (await screen.findByText(name, { selector: 'button *' })).closest('button')!;
const click = async (name: string) => userEvent.click(await button(name));
const enter = (field: HTMLElement, text: string) => fireEvent.change(field, { target: { value: text } });
const inDialog = () => within(screen.getByRole('dialog'));
const dialogButton = (name: string) => inDialog().getByText(name, { selector: 'button *' }).closest('button')!;
const sent = (start: string) => asked.filter(({ what }) => what.startsWith(start));

async function confirm(action: string, label: string) {
  await click(action);
  await screen.findByRole('dialog');
  expect(dialogButton(label)).toBeDisabled();
  enter(inDialog().getByLabelText(/Type the name/), 'dog');
  await userEvent.click(dialogButton(label));
}

describe('view', () => {
  it('explains how to connect when there is no connection', async () => {
    open({ kubernetesUrl: undefined });
    expect(screen.getByText('Not connected to the Kubernetes API')).toBeInTheDocument();
    expect(screen.getByLabelText('Manifest')).toHaveTextContent('kind: ClusterRole');
    expect(screen.getByText('Open configuration').closest('a')).toHaveAttribute(
      'href',
      '/a/kubeedge-sedna-app/configuration'
    );
    expect(asked).toEqual([]);
  });

  it('explains a missing permission and sends no request', () => {
    open({ permissions: {} });
    expect(screen.getByText("You don't have permission to view live objects")).toBeInTheDocument();
    expect(asked).toEqual([]);
  });

  it('shows that the object is loading', () => {
    answers[READ] = [() => NEVER];
    open();
    expect(screen.getByText('Loading...')).toBeInTheDocument();
  });

  it.each([
    [refuse(403, { message: 'plugin proxy route access denied' }), 'Your Grafana role lacks permission'],
    [kubernetes(403), 'The Kubernetes connection lacks permission'],
    [kubernetes(401), 'Kubernetes rejected the token'],
    [refuse(502, { message: 'Bad Gateway' }), "Can't reach the Kubernetes API"],
    [gone, 'Object not found'],
  ])('shows an error and recovers on refresh: %#', async (answer, title) => {
    answers[READ] = [answer, ok(object())];
    open();
    expect(await screen.findByText(title)).toBeInTheDocument();
    await click('Refresh');
    expect(await screen.findByTestId(TEST_IDS.object.manifest)).toHaveTextContent('name: dog');
    expect(screen.queryByText(title)).not.toBeInTheDocument();
  });

  it('shows the object without secrets and managed fields', async () => {
    open();
    const text = await screen.findByTestId(TEST_IDS.object.manifest);
    expect(text).toHaveTextContent('sedna.io/credential: <masked>');
    expect(text).toHaveTextContent('name: S3_SECRET value: <masked>');
    expect(text).not.toHaveTextContent('managedFields');
    expect(document.body).not.toHaveTextContent('hunter2');
    expect(screen.getByText('2 secret values are masked')).toBeInTheDocument();
  });

  it('downloads the object with its secrets masked', async () => {
    open();
    await click('Download');
    expect(downloadText).toHaveBeenCalledWith(
      'LifelongLearningJob-robots-dog.yaml',
      expect.stringContaining('sedna.io/credential: <masked>')
    );
    expect(jest.mocked(downloadText).mock.calls[0][1]).not.toContain('hunter2');
  });

  it.each([
    ['s3_secret', '1 match', true],
    ['hunter2', '0 matches', false],
  ])('finds lines with %s', async (find, count, hit) => {
    open({ find });
    const hits = await screen.findByTestId(TEST_IDS.object.matches);
    expect(hits).toHaveTextContent(count);
    expect(
      within(hits)
        .queryAllByRole('button')
        .map((each) => each.textContent)
    ).toEqual(hit ? [expect.stringContaining('- name: S3_SECRET')] : []);
  });

  it('lists all conditions, newest first, with the fields of their data', async () => {
    open();
    const table = await screen.findByRole('table', { name: 'Conditions' });
    const rows = within(table).getAllByRole('row').slice(1);
    expect(rows.map((row) => within(row).getAllByRole('cell')[1].textContent)).toEqual([
      'Eval · Waiting',
      'Train · Completed',
      'Train · Waiting',
    ]);
    expect(rows[0]).toHaveTextContent('Not valid JSON: {"cut');
    expect(rows[1]).toHaveTextContent('reported by lc');
    expect(rows[1]).toHaveTextContent('Round4Data/d.csvOutput directory/output/train/4Output model/m.pkl (f1 0.5)');
  });
});

describe('actions', () => {
  const NAMES = ['Edit labels and annotations', 'Restart from round 1', 'Delete', 'Create from YAML'];

  it.each<[string, Options]>([
    ['the user has only the read permission', { permissions: { 'kubeedge-sedna-app.resources:read': true } }],
    ['no write token is configured', { secureJsonFields: { kubernetesReadToken: true } }],
  ])('are disabled if %s', async (_, options) => {
    open(options);
    for (const name of NAMES) {
      expect(await button(name)).toHaveAttribute('aria-disabled', 'true');
    }
  });

  it('deletes the object after its name is typed and annotates it', async () => {
    answers[READ] = [ok(object()), gone];
    open();
    await click('Delete');
    const removal = await screen.findByTestId(TEST_IDS.object.deletionImpact);
    expect(await within(removal).findByText('dog-train-1')).toBeInTheDocument();
    expect(removal).toHaveTextContent('Kept: model files, knowledge base rows');
    enter(inDialog().getByLabelText(/Type the name/), 'dog');
    await userEvent.click(dialogButton('Delete'));
    expect(await screen.findByText('dog was deleted')).toBeInTheDocument();
    expect(sent(DELETE).map(({ body }) => body.preconditions)).toEqual([{ uid: 'u1' }]);
    expect(sent(ANNOTATE)[0].body).toMatchObject({
      text: 'Sedna Ops: deleted LifelongLearningJob robots/dog',
      tags: ['sedna-ops', 'delete', 'kind:LifelongLearningJob', 'namespace:robots', 'name:dog'],
    });
    expect(await screen.findByText('Object not found')).toBeInTheDocument();
  });

  it('shows why an action was refused', async () => {
    answers[DELETE] = [kubernetes(409)];
    open();
    await confirm('Delete', 'Delete');
    expect(await screen.findByText('The object has changed')).toBeInTheDocument();
    expect(sent(ANNOTATE)).toEqual([]);
  });

  it('completes an action whose annotation fails and says so', async () => {
    answers[ANNOTATE] = [refuse(403, { message: 'no annotations:create' })];
    answers[READ] = [ok(object()), gone];
    open();
    await confirm('Delete', 'Delete');
    expect(await screen.findByText('dog was deleted')).toBeInTheDocument();
    expect(screen.getByText(/Couldn't add an annotation in Grafana: no annotations:create/)).toBeInTheDocument();
  });

  it('recreates the object with its secrets but without its status', async () => {
    answers[READ] = [ok(object()), ok(object()), gone, ok(object('u2'))];
    open();
    await confirm('Restart from round 1', 'Delete and recreate');
    expect(await screen.findByText('dog was recreated and starts from round 1')).toBeInTheDocument();
    const [{ body }] = sent(CREATE).filter(({ what }) => !what.includes('dryRun'));
    expect(body).not.toHaveProperty('status');
    expect(body.metadata).toEqual({ name: 'dog', namespace: 'robots', labels: { team: 'a' } });
    expect(JSON.stringify(body.spec)).toContain('hunter2');
  });

  it('keeps the manifest of an interrupted restart, which can be resumed', async () => {
    answers[READ] = [ok(object()), ok(object()), gone];
    answers[CREATE] = [refuse(502, {}), ok(object('u2'))];
    open();
    await confirm('Restart from round 1', 'Delete and recreate');
    expect(await screen.findByText('Deleted but not recreated')).toBeInTheDocument();
    const manifest = screen.getByLabelText('Manifest');
    expect(manifest).toHaveTextContent('name: dog');
    expect(manifest).not.toHaveTextContent('hunter2');
    expect(screen.getByText(/spec\.trainSpec\.template\.spec\.containers\.0\.env\.0\.value/)).toBeInTheDocument();
    await userEvent.keyboard('{Escape}');
    expect(screen.getByLabelText('Manifest')).toBeInTheDocument();
    await userEvent.click(dialogButton('Download'));
    expect(downloadText).toHaveBeenCalledTimes(1);
    answers[READ] = [ok(object('u2'))];
    await click('Create again');
    expect(await screen.findByText('dog was recreated and starts from round 1')).toBeInTheDocument();
    expect(JSON.stringify(sent(CREATE).at(-1)?.body.spec)).toContain('hunter2');
  });

  it('edits labels, shows the differences, and locks reserved annotations', async () => {
    open();
    await click('Edit labels and annotations');
    const annotations = within(await screen.findByTestId(TEST_IDS.object.annotations));
    expect(annotations.getByDisplayValue('sedna.io/credential')).toBeDisabled();
    expect(annotations.getByDisplayValue('<masked>')).toBeDisabled();
    const team = screen.getByLabelText('Value of team');
    enter(team, 'not a label');
    expect(screen.getByText('Not a valid label value')).toBeInTheDocument();
    expect(dialogButton('Save')).toBeDisabled();
    enter(team, 'b');
    expect(screen.getByTestId(TEST_IDS.object.diff)).toHaveTextContent('- team: a+ team: b');
    await userEvent.click(dialogButton('Save'));
    expect(await screen.findByText('dog was updated')).toBeInTheDocument();
    expect(sent(PATCH).map(({ body }) => body)).toEqual([{ metadata: { uid: 'u1', labels: { team: 'b' } } }]);
  });
});

describe('create dialog', () => {
  const write = async (text: string) => {
    await click('Create from YAML');
    enter(await screen.findByLabelText('Editor'), text);
    await click('Check');
  };
  const MANIFEST =
    'apiVersion: sedna.io/v1alpha1\nkind: LifelongLearningJob\nmetadata: {name: dog, namespace: robots}\n';

  it.each([
    ['a: [', /unexpected end of the stream within a flow collection \(1:5\)/],
    ['kind: Pod\napiVersion: v1', /Only Sedna kinds/],
    [`${MANIFEST}spec: {url: "s3://a:<masked>@b"}`, /Replace masked values.*spec\.url/],
  ])('refuses the manifest before any request: %s', async (text, words) => {
    open();
    await write(text);
    expect(await screen.findByText(words)).toBeInTheDocument();
    expect(sent('POST')).toEqual([]);
  });

  it('runs a dry run first and shows what the server would store', async () => {
    answers[TRY] = [
      ok({
        ...object('u2'),
        metadata: { name: 'dog', namespace: 'robots', uid: 'u2' },
        status: {},
        spec: { retries: 3 },
      }),
    ];
    open();
    await write(MANIFEST);
    expect(await screen.findByTestId(TEST_IDS.object.diff)).toHaveTextContent('namespace: robots+ spec:+ retries: 3');
    expect(sent(CREATE).every(({ what }) => what.includes('dryRun'))).toBe(true);
    await click('Create');
    expect(await screen.findByText('dog was created')).toBeInTheDocument();
    expect(sent(CREATE).at(-1)?.body).toEqual({
      apiVersion: 'sedna.io/v1alpha1',
      kind: 'LifelongLearningJob',
      metadata: { name: 'dog', namespace: 'robots' },
    });
    await waitFor(() => expect(sent(ANNOTATE)).toHaveLength(1));
  });

  it('shows the differences to an existing object and does not offer to create it', async () => {
    answers[TRY] = [kubernetes(409)];
    answers[PATCH] = [ok({ ...object(), spec: { a: 1 } })];
    open();
    await write(MANIFEST);
    expect(await screen.findByText('An object with this name already exists')).toBeInTheDocument();
    expect(screen.getByTestId(TEST_IDS.object.diff)).toHaveTextContent('+ a: 1');
    expect(inDialog().queryByText('Create')).not.toBeInTheDocument();
    expect(document.body).not.toHaveTextContent('hunter2');
  });

  it('names the fields that the server refuses', async () => {
    answers[TRY] = [kubernetes(422, { details: { causes: [{ field: 'spec.dataset', message: 'Required value' }] } })];
    open();
    await write(MANIFEST);
    expect(await screen.findByText('spec.dataset')).toBeInTheDocument();
    expect(inDialog().queryByText('Create')).not.toBeInTheDocument();
  });
});
