import React from 'react';
import { config } from '@grafana/runtime';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvents from '@testing-library/user-event';
import { NEVER, of, throwError, type Observable } from 'rxjs';
import { PluginContext } from '../../../platform/PluginContext';
import { mockGrafana } from '../../../test/mockGrafana';
import { renderInApp } from '../../../test/render';
import { download } from './download';
import { ObjectTab } from './ObjectTab';

jest.mock('@grafana/ui', () => ({
  ...jest.requireActual('@grafana/ui'),
  // The real one is loaded by Grafana, from its own server.
  CodeEditor: ({ value, readOnly, onChange }: { value: string; readOnly?: boolean; onChange?: (v: string) => void }) =>
    readOnly ? (
      <pre>{value}</pre>
    ) : (
      <textarea aria-label="Editor" value={value} onChange={({ target }) => onChange?.(target.value)} />
    ),
}));
jest.mock('./download', () => ({ download: jest.fn() }));

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

type Answer = () => Observable<unknown>;
const ok =
  (data: unknown): Answer =>
  () =>
    of({ data });
const refuse =
  (status: number, data: unknown): Answer =>
  () =>
    throwError(() => ({ status, data }));
const kubernetes = (code: number, change: object = {}) => refuse(code, { kind: 'Status', message: 'said', ...change });
const gone = kubernetes(404, { details: { name: 'dog' } });

/** Answers in turn by method and what follows the route; the last one stays. */
let answers: Record<string, Answer[]>;
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
  jest.mocked(download).mockClear();
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
      <ObjectTab address={ADDRESS} format="yaml" find={find} onFormat={() => {}} onFind={() => {}} />
    </PluginContext.Provider>
  );
}
// Roles and names of a whole page take jsdom long.
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

describe('what is shown', () => {
  it('is how to connect, where there is no connection', async () => {
    open({ kubernetesUrl: undefined });
    expect(screen.getByText('Not connected to the Kubernetes API')).toBeInTheDocument();
    expect(screen.getByLabelText('Manifest')).toHaveTextContent('kind: ClusterRole');
    expect(screen.getByText('Configuration').closest('a')).toHaveAttribute(
      'href',
      '/a/kubeedge-sedna-app/configuration'
    );
    expect(asked).toEqual([]);
  });

  it('is why not, where the person may not, and nothing is asked', () => {
    open({ permissions: {} });
    expect(screen.getByText('You may not read live objects')).toBeInTheDocument();
    expect(asked).toEqual([]);
  });

  it('is that it loads', () => {
    answers[READ] = [() => NEVER];
    open();
    expect(screen.getByText('Loading...')).toBeInTheDocument();
  });

  it.each([
    [refuse(403, { message: 'plugin proxy route access denied' }), 'Grafana does not let you'],
    [kubernetes(403), 'Kubernetes does not let this connection'],
    [kubernetes(401), 'Kubernetes does not accept the token'],
    [refuse(502, { message: 'Bad Gateway' }), 'Grafana does not reach the Kubernetes API'],
    [gone, 'There is no such object now'],
  ])('is what went wrong, and it can be asked again', async (answer, title) => {
    answers[READ] = [answer, ok(object())];
    open();
    expect(await screen.findByText(title)).toBeInTheDocument();
    await click('Refresh');
    expect(await screen.findByTestId('object-text')).toHaveTextContent('name: dog');
    expect(screen.queryByText(title)).not.toBeInTheDocument();
  });

  it('is the object without its secrets and managed fields', async () => {
    open();
    const text = await screen.findByTestId('object-text');
    expect(text).toHaveTextContent('sedna.io/credential: <masked>');
    expect(text).toHaveTextContent('name: S3_SECRET value: <masked>');
    expect(text).not.toHaveTextContent('managedFields');
    expect(document.body).not.toHaveTextContent('hunter2');
    expect(screen.getByText('Values that are secret are masked: 2')).toBeInTheDocument();
  });

  it('can be downloaded, as masked as it is shown', async () => {
    open();
    await click('Download');
    expect(download).toHaveBeenCalledWith(
      'LifelongLearningJob-robots-dog.yaml',
      expect.stringContaining('sedna.io/credential: <masked>')
    );
    expect(jest.mocked(download).mock.calls[0][1]).not.toContain('hunter2');
  });

  it.each([
    ['s3_secret', 'Lines that hold it: 1', true],
    ['hunter2', 'Lines that hold it: 0', false],
  ])('can be searched for %s', async (find, count, hit) => {
    open({ find });
    const hits = await screen.findByTestId('object-hits');
    expect(hits).toHaveTextContent(count);
    expect(
      within(hits)
        .queryAllByRole('button')
        .map((each) => each.textContent)
    ).toEqual(hit ? [expect.stringContaining('- name: S3_SECRET')] : []);
  });

  it('is every condition, newest first, with its data in words', async () => {
    open();
    const table = await screen.findByRole('table', { name: 'Conditions' });
    const rows = within(table).getAllByRole('row').slice(1);
    expect(rows.map((row) => within(row).getAllByRole('cell')[1].textContent)).toEqual([
      'Eval · Waiting',
      'Train · Completed',
      'Train · Waiting',
    ]);
    expect(rows[0]).toHaveTextContent('Cannot be read: {"cut');
    expect(rows[1]).toHaveTextContent('reported by lc');
    expect(rows[1]).toHaveTextContent('Round4Data/d.csvOutput directory/output/train/4Model out/m.pkl (f1 0.5)');
  });
});

describe('actions', () => {
  const NAMES = ['Labels and annotations', 'Restart from round one', 'Delete', 'Create from YAML'];

  it.each<[string, Options]>([
    ['the person may only read', { permissions: { 'kubeedge-sedna-app.resources:read': true } }],
    ['there is no token for writing', { secureJsonFields: { kubernetesReadToken: true } }],
  ])('are disabled where %s', async (_, options) => {
    open(options);
    for (const name of NAMES) {
      expect(await button(name)).toHaveAttribute('aria-disabled', 'true');
    }
  });

  it('delete this very object once its name is typed, and note it', async () => {
    answers[READ] = [ok(object()), gone];
    open();
    await click('Delete');
    const removal = await screen.findByTestId('object-removal');
    expect(await within(removal).findByText('dog-train-1')).toBeInTheDocument();
    expect(removal).toHaveTextContent('Stays: its model files, its rows in the knowledge base');
    enter(inDialog().getByLabelText(/Type the name/), 'dog');
    await userEvent.click(dialogButton('Delete'));
    expect(await screen.findByText('dog is deleted.')).toBeInTheDocument();
    expect(sent(DELETE).map(({ body }) => body.preconditions)).toEqual([{ uid: 'u1' }]);
    expect(sent(ANNOTATE)[0].body).toMatchObject({
      text: 'Sedna Ops: deleted LifelongLearningJob robots/dog',
      tags: ['sedna-ops', 'delete', 'kind:LifelongLearningJob', 'namespace:robots', 'name:dog'],
    });
    expect(await screen.findByText('There is no such object now')).toBeInTheDocument();
  });

  it('that are refused say why and change nothing', async () => {
    answers[DELETE] = [kubernetes(409)];
    open();
    await confirm('Delete', 'Delete');
    expect(await screen.findByText('The object is not what it was')).toBeInTheDocument();
    expect(sent(ANNOTATE)).toEqual([]);
  });

  it('are done even where no annotation can be left, and that is said', async () => {
    answers[ANNOTATE] = [refuse(403, { message: 'no annotations:create' })];
    answers[READ] = [ok(object()), gone];
    open();
    await confirm('Delete', 'Delete');
    expect(await screen.findByText('dog is deleted.')).toBeInTheDocument();
    expect(screen.getByText(/time line has no annotation of it: no annotations:create/)).toBeInTheDocument();
  });

  it('restart it with its secrets, without its past', async () => {
    answers[READ] = [ok(object()), ok(object()), gone, ok(object('u2'))];
    open();
    await confirm('Restart from round one', 'Delete and create anew');
    expect(await screen.findByText('dog is made anew and starts with round one.')).toBeInTheDocument();
    const [{ body }] = sent(CREATE).filter(({ what }) => !what.includes('dryRun'));
    expect(body).not.toHaveProperty('status');
    expect(body.metadata).toEqual({ name: 'dog', namespace: 'robots', labels: { team: 'a' } });
    expect(JSON.stringify(body.spec)).toContain('hunter2');
  });

  it('that end half-way keep the manifest, and can go on', async () => {
    answers[READ] = [ok(object()), ok(object()), gone];
    answers[CREATE] = [refuse(502, {}), ok(object('u2'))];
    open();
    await confirm('Restart from round one', 'Delete and create anew');
    expect(await screen.findByText('Deleted, but not created anew')).toBeInTheDocument();
    const manifest = screen.getByLabelText('Manifest');
    expect(manifest).toHaveTextContent('name: dog');
    expect(manifest).not.toHaveTextContent('hunter2');
    expect(screen.getByText(/spec\.trainSpec\.template\.spec\.containers\.0\.env\.0\.value/)).toBeInTheDocument();
    await userEvent.keyboard('{Escape}');
    expect(screen.getByLabelText('Manifest')).toBeInTheDocument();
    await userEvent.click(dialogButton('Download'));
    expect(download).toHaveBeenCalledTimes(1);
    answers[READ] = [ok(object('u2'))];
    await click('Create it again');
    expect(await screen.findByText('dog is made anew and starts with round one.')).toBeInTheDocument();
    expect(JSON.stringify(sent(CREATE).at(-1)?.body.spec)).toContain('hunter2');
  });

  it('edit labels, show the difference, and leave reserved ones alone', async () => {
    open();
    await click('Labels and annotations');
    const annotations = within(await screen.findByTestId('object-annotations'));
    expect(annotations.getByDisplayValue('sedna.io/credential')).toBeDisabled();
    expect(annotations.getByDisplayValue('<masked>')).toBeDisabled();
    const team = screen.getByLabelText('Value of team');
    enter(team, 'not a label');
    expect(screen.getByText('Not a value that Kubernetes takes for a label')).toBeInTheDocument();
    expect(dialogButton('Save')).toBeDisabled();
    enter(team, 'b');
    expect(screen.getByTestId('object-difference')).toHaveTextContent('- team: a+ team: b');
    await userEvent.click(dialogButton('Save'));
    expect(await screen.findByText('dog is changed.')).toBeInTheDocument();
    expect(sent(PATCH).map(({ body }) => body)).toEqual([{ metadata: { uid: 'u1', labels: { team: 'b' } } }]);
  });
});

describe('creating', () => {
  const write = async (text: string) => {
    await click('Create from YAML');
    enter(await screen.findByLabelText('Editor'), text);
    await click('Check');
  };
  const MANIFEST =
    'apiVersion: sedna.io/v1alpha1\nkind: LifelongLearningJob\nmetadata: {name: dog, namespace: robots}\n';

  it.each([
    ['a: [', /unexpected end of the stream within a flow collection \(1:5\)/],
    ['kind: Pod\napiVersion: v1', /Only the kinds of Sedna/],
    [`${MANIFEST}spec: {url: "s3://a:<masked>@b"}`, /It holds masked values.*spec\.url/],
  ])('is refused before anything is sent: %s', async (text, words) => {
    open();
    await write(text);
    expect(await screen.findByText(words)).toBeInTheDocument();
    expect(sent('POST')).toEqual([]);
  });

  it('is tried on the server first, and shows what would be stored', async () => {
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
    expect(await screen.findByTestId('object-difference')).toHaveTextContent('namespace: robots+ spec:+ retries: 3');
    expect(sent(CREATE).every(({ what }) => what.includes('dryRun'))).toBe(true);
    await click('Create');
    expect(await screen.findByText('dog is created.')).toBeInTheDocument();
    expect(sent(CREATE).at(-1)?.body).toEqual({
      apiVersion: 'sedna.io/v1alpha1',
      kind: 'LifelongLearningJob',
      metadata: { name: 'dog', namespace: 'robots' },
    });
    await waitFor(() => expect(sent(ANNOTATE)).toHaveLength(1));
  });

  it('of one that is there shows what would differ, and is not offered', async () => {
    answers[TRY] = [kubernetes(409)];
    answers[PATCH] = [ok({ ...object(), spec: { a: 1 } })];
    open();
    await write(MANIFEST);
    expect(await screen.findByText('An object of this name is there already')).toBeInTheDocument();
    expect(screen.getByTestId('object-difference')).toHaveTextContent('+ a: 1');
    expect(inDialog().queryByText('Create')).not.toBeInTheDocument();
    expect(document.body).not.toHaveTextContent('hunter2');
  });

  it('that the server refuses names the fields', async () => {
    answers[TRY] = [kubernetes(422, { details: { causes: [{ field: 'spec.dataset', message: 'Required value' }] } })];
    open();
    await write(MANIFEST);
    expect(await screen.findByText('spec.dataset')).toBeInTheDocument();
    expect(inDialog().queryByText('Create')).not.toBeInTheDocument();
  });
});
