import React from 'react';
import { dateTime, type TimeRange } from '@grafana/data';
import { act, screen, waitFor } from '@testing-library/react';
import { fakeLoki, mockGrafana } from '../../test/mockGrafana';
import { renderInApp } from '../../test/render';
import { findObstacle } from './check';
import { DownloadModal } from './download/DownloadModal';
import { NOTHING_SELECTED } from './selection';

const GB = 1e9;
const [from, to] = [dateTime(0), dateTime(60_000)];
const range: TimeRange = { from, to, raw: { from, to } };
const WHOLE_NAMESPACE = { ...NOTHING_SELECTED, namespace: 'robots', include: ['x'] };

it('a download says nothing of what the index does not know', async () => {
  const { asked } = start(0);
  renderInApp(<DownloadModal expr="{}" selector="{}" range={range} name="x" onClose={() => {}} />);
  await waitFor(() => expect(asked).toHaveBeenCalled());
  await act(async () => {});
  expect(screen.queryByText(/has to read/)).not.toBeInTheDocument();
});

/** A Loki that would have to read so much. */
function start(bytes: number, largeSearchGb?: number) {
  const asked = jest.fn(async () => ({ bytes, entries: 1 }));
  mockGrafana({ dataSources: [Object.assign(fakeLoki(), { getResource: asked })], settings: { largeSearchGb } });
  return { asked };
}

it.each<[string, number, number | undefined, boolean]>([
  ['up to the usual limit', 2 * GB, undefined, false],
  ['above the usual limit', 2 * GB + 1, undefined, true],
  ['up to a limit of its own', 5 * GB, 5, false],
  ['above a limit of its own', 0.5 * GB + 1, 0.5, true],
])('a search and a download %s', async (_, bytes, limit, isTooMuch) => {
  start(bytes, limit);
  expect(await findObstacle(WHOLE_NAMESPACE, range, new AbortController().signal)).toEqual(
    isTooMuch ? { kind: 'heavy', bytes } : undefined
  );
  renderInApp(<DownloadModal expr="{}" selector="{}" range={range} name="x" onClose={() => {}} />);
  expect(await screen.findByText(/has to read up to/)).toBeInTheDocument();
  expect(screen.queryAllByText('This is a lot and may take long')).toHaveLength(isTooMuch ? 1 : 0);
});
