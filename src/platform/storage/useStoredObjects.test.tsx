import React from 'react';
import { of, throwError } from 'rxjs';
import type { BackendSrv } from '@grafana/runtime';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { mockGrafana } from '../../test/mockGrafana';
import { renderInApp } from '../../test/render';
import {
  MAX_RECENT_OBJECTS,
  parseStored,
  useTrackRecentObject,
  useStoredObjects,
  type StoredList,
} from './useStoredObjects';

const dog = { kind: 'Dataset', namespace: 'robots', name: 'dog' };

function Shown({ list }: { list: StoredList }) {
  const [objects, change] = useStoredObjects(list);
  return (
    <button onClick={() => change((known) => [...known, { ...dog, name: `dog-${known.length}` }])}>
      {objects.map(({ name }) => name).join(' ') || 'none'}
    </button>
  );
}
function Opened({ name }: { name: string }) {
  useTrackRecentObject(dog.kind, dog.namespace, name);
  return null;
}
const shown = () => screen.getByRole('button').textContent;

beforeEach(() => window.localStorage.clear());
afterEach(() => jest.restoreAllMocks());

// The hooks keep what the server said for as long as the page lives: each test is another person.
let switchUser = 0;
function storage(answer: (request: { method?: string }) => unknown) {
  const fetch = jest.fn((request: { method?: string; data?: unknown }) => answer(request));
  mockGrafana({ fetch: fetch as unknown as BackendSrv['fetch'], isSignedIn: true, userUid: `p${switchUser++}` });
  return fetch;
}
const refuse = (status: number) => () => throwError(() => ({ status }));

describe('useStoredObjects', () => {
  it("keeps a list on Grafana's server", async () => {
    const fetch = storage(({ method }) =>
      method === 'GET'
        ? of({ data: { spec: { data: { starred: '[["Dataset","robots","dog"]]' } } } })
        : of({ data: {} })
    );
    renderInApp(<Shown list="starred" />);
    await waitFor(() => expect(shown()).toBe('dog'));
    await userEvent.click(screen.getByRole('button'));
    await waitFor(() => expect(shown()).toBe('dog dog-1'));
    await waitFor(() =>
      expect(fetch).toHaveBeenLastCalledWith(
        expect.objectContaining({
          method: 'PATCH',
          data: { spec: { data: { starred: '[["Dataset","robots","dog"],["Dataset","robots","dog-1"]]' } } },
        })
      )
    );
  });

  it.each([403, 404, 500])('keeps a list in the browser if the server responds with %d', async (status) => {
    storage(refuse(status));
    const { unmount } = renderInApp(<Shown list="starred" />);
    await userEvent.click(screen.getByRole('button'));
    await waitFor(() => expect(shown()).toBe('dog-0'));
    unmount();
    renderInApp(<Shown list="starred" />);
    await waitFor(() => expect(shown()).toBe('dog-0'));
  });

  it('keeps a list until the page is closed if the browser has no storage either', async () => {
    mockGrafana();
    jest.spyOn(window, 'localStorage', 'get').mockImplementation(() => {
      throw new Error('storage is off');
    });
    renderInApp(<Shown list="starred" />);
    await userEvent.click(screen.getByRole('button'));
    await waitFor(() => expect(shown()).toBe('dog-0'));
  });

  it('puts a recently opened object first, once, and drops the oldest', async () => {
    mockGrafana();
    const names = Array.from({ length: MAX_RECENT_OBJECTS + 1 }, (_, index) => `d${index}`);
    for (const name of [...names, 'd5']) {
      const { unmount } = renderInApp(<Opened name={name} />);
      await waitFor(() =>
        expect(Object.values(window.localStorage).join()).toContain(`[["Dataset","robots","${name}"]`)
      );
      unmount();
    }
    renderInApp(<Shown list="opened" />);
    await waitFor(() => expect(shown()).toBe('d5 d10 d9 d8 d7 d6 d4 d3 d2 d1'));
  });

  it.each([
    [undefined, []],
    ['{', []],
    ['null', []],
    ['{"a":1}', []],
    ['[["Dataset","robots","dog"],["Dataset","robots"],["a",2,"c"],["a","","c"],"x",null]', [dog]],
  ])('parses %j as %j', (stored, expected) => expect(parseStored(stored)).toEqual(expected));
});
