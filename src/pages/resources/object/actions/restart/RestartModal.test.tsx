import React from 'react';
import { locationService } from '@grafana/runtime';
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { createClient, type SednaObject } from '../../../../../kubernetes';
import { mockGrafana } from '../../../../../test/mockGrafana';
import { renderInApp } from '../../../../../test/render';
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

/** Opens the dialog and confirms. Responses come in their order, the last one repeats; one with a status but no kind rejects. */
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
  press('Delete and recreate');
}
const press = (name: string) => fireEvent.click(screen.getByText(name, { selector: 'button *' }));

beforeEach(() => jest.clearAllMocks());

describe('RestartModal', () => {
  it.each<[string, object]>([
    ['changed', object({ team: 'b' })],
    ['deleted', kubernetes(404, { details: { name: 'dog' } })],
  ])('deletes nothing and offers to reload an object that was %s in the meantime', async (_, now) => {
    await restart({ GET: [now] });
    expect(
      await screen.findByText(/has changed since this page loaded it\. Close this dialog to reload it/)
    ).toBeInTheDocument();
    expect(screen.queryByText(/The object is unchanged/)).not.toBeInTheDocument();
    expect(asked).not.toContain('DELETE');
    press('Cancel');
    expect(onClose).toHaveBeenCalled();
  });

  it('asks for confirmation before the user leaves with the only manifest', async () => {
    const confirm = jest.spyOn(window, 'confirm').mockReturnValue(false);
    const there = locationService.getLocation().pathname;
    await restart({ GET: [object(), kubernetes(403)], DELETE: [{ status: 504 }], POST: [object()] });
    await screen.findByText('Deletion not confirmed');
    locationService.push('/elsewhere');
    expect(confirm).toHaveBeenCalledWith(expect.stringContaining('only this page has its manifest'));
    expect(locationService.getLocation().pathname).toBe(there);

    press('Create again');
    await waitFor(() => expect(onDone).toHaveBeenCalled());
    cleanup();
    confirm.mockClear();
    locationService.push('/elsewhere');
    expect(confirm).not.toHaveBeenCalled();
    expect(locationService.getLocation().pathname).toBe('/elsewhere');
  });

  it('says that nothing changed when the delete request is refused', async () => {
    await restart({ GET: [object()], DELETE: [kubernetes(403)] });
    expect(await screen.findByText('Nothing was deleted. The object is unchanged.')).toBeInTheDocument();
  });

  it('keeps the manifest when the deletion is not confirmed and can create the object again', async () => {
    await restart({
      GET: [object(), kubernetes(403)],
      DELETE: [{ status: 504 }],
      POST: [kubernetes(409), object()],
    });
    expect(await screen.findByText('Deletion not confirmed')).toBeInTheDocument();
    expect(screen.queryByText(/Nothing was deleted/)).not.toBeInTheDocument();
    const manifest = screen.getByLabelText('Manifest');
    expect(manifest).toHaveTextContent('name: dog');
    expect(manifest).not.toHaveTextContent('hunter2');
    fireEvent.keyDown(manifest, { key: 'Escape' });
    expect(onClose).not.toHaveBeenCalled();

    press('Create again');
    expect(await screen.findByText('The object has changed')).toBeInTheDocument();
    expect(screen.getByText('Deletion not confirmed')).toBeInTheDocument();
    press('Create again');
    await waitFor(() => expect(onDone).toHaveBeenCalled());
    expect(asked.filter((what) => what === 'POST')).toHaveLength(2);
  });
});
