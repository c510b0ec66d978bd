import React from 'react';
import { locationService } from '@grafana/runtime';
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { createClient, type SednaObject } from '../../../kubernetes';
import { mockGrafana } from '../../../test/mockGrafana';
import { renderInApp } from '../../../test/render';
import { RestartModal } from './RestartModal';

const ADDRESS = { kind: 'LifelongLearningJob', namespace: 'robots', name: 'dog' } as const;
const object = (labels: Record<string, string> = {}): SednaObject => ({
  apiVersion: 'sedna.io/v1alpha1',
  kind: 'LifelongLearningJob',
  metadata: { name: 'dog', namespace: 'robots', uid: 'u1', labels },
  spec: { credential: 'hunter2' },
});
const kubernetes = (status: number, change: object = {}) => ({ status, data: { kind: 'Status', ...change } });

const onClose = jest.fn();
const onDone = jest.fn();
const asked: string[] = [];

/** Opens it and confirms; answers are in turn, the last one stays, and a failure has a status and no kind. */
async function restart(answers: Record<string, object[]>) {
  asked.length = 0;
  mockGrafana({});
  const client = createClient(async ({ method, path, query }) => {
    if (path.endsWith('/pods')) {
      return { items: [] };
    }
    const what = `${method}${query?.dryRun ? ' dry' : ''}`;
    asked.push(what);
    const left = answers[what] ?? [{}];
    const answer = left.length > 1 ? left.shift()! : left[0];
    if ('status' in answer && !('kind' in answer)) {
      throw answer;
    }
    return answer;
  });
  renderInApp(<RestartModal client={client} address={ADDRESS} object={object()} onClose={onClose} onDone={onDone} />);
  const dialog = within(await screen.findByRole('dialog'));
  fireEvent.change(dialog.getByLabelText(/Type the name/), { target: { value: 'dog' } });
  press('Delete and create anew');
}
const press = (name: string) => fireEvent.click(screen.getByText(name, { selector: 'button *' }));

beforeEach(() => jest.clearAllMocks());

it.each<[string, object]>([
  ['changed', object({ team: 'b' })],
  ['deleted', kubernetes(404, { details: { name: 'dog' } })],
])('what was %s meanwhile is left alone, and it is said to reload it', async (_, now) => {
  await restart({ GET: [now] });
  expect(await screen.findByText(/not as this page shows it: close this to reload it/)).toBeInTheDocument();
  expect(screen.queryByText(/the object is as it was/)).not.toBeInTheDocument();
  expect(asked).not.toContain('DELETE');
  press('Cancel');
  expect(onClose).toHaveBeenCalled();
});

it('does not let a person leave with what is left unless they want to', async () => {
  const confirm = jest.spyOn(window, 'confirm').mockReturnValue(false);
  const there = locationService.getLocation().pathname;
  await restart({ GET: [object(), kubernetes(403)], DELETE: [{ status: 504 }], POST: [object()] });
  await screen.findByText('It is not known whether it was deleted');
  locationService.push('/elsewhere');
  expect(confirm).toHaveBeenCalledWith(expect.stringContaining('its manifest is on this page only'));
  expect(locationService.getLocation().pathname).toBe(there);

  press('Create it again');
  await waitFor(() => expect(onDone).toHaveBeenCalled());
  cleanup();
  confirm.mockClear();
  locationService.push('/elsewhere');
  expect(confirm).not.toHaveBeenCalled();
  expect(locationService.getLocation().pathname).toBe('/elsewhere');
});

it('a refusal to delete leaves it as it was', async () => {
  await restart({ GET: [object()], DELETE: [kubernetes(403)] });
  expect(await screen.findByText('Nothing was deleted; the object is as it was.')).toBeInTheDocument();
});

it('where nobody knows whether it was deleted, the manifest is kept, and it can go on', async () => {
  await restart({
    GET: [object(), kubernetes(403)],
    DELETE: [{ status: 504 }],
    POST: [kubernetes(409), object()],
  });
  expect(await screen.findByText('It is not known whether it was deleted')).toBeInTheDocument();
  expect(screen.queryByText(/Nothing was deleted/)).not.toBeInTheDocument();
  const manifest = screen.getByLabelText('Manifest');
  expect(manifest).toHaveTextContent('name: dog');
  expect(manifest).not.toHaveTextContent('hunter2');
  fireEvent.keyDown(manifest, { key: 'Escape' });
  expect(onClose).not.toHaveBeenCalled();

  press('Create it again');
  expect(await screen.findByText('The object is not what it was')).toBeInTheDocument();
  expect(screen.getByText('It is not known whether it was deleted')).toBeInTheDocument();
  press('Create it again');
  await waitFor(() => expect(onDone).toHaveBeenCalled());
  expect(asked.filter((what) => what === 'POST')).toHaveLength(2);
});
