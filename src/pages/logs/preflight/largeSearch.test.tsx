import React from 'react';
import { dateTime, type TimeRange } from '@grafana/data';
import { act, screen, waitFor } from '@testing-library/react';
import { fakeLoki, mockGrafana } from '../../../test/mockGrafana';
import { renderInApp } from '../../../test/render';
import { findSearchBlocker } from './preflight';
import { DownloadModal } from '../download/DownloadModal';
import { DEFAULT_SELECTION } from '../selection';

const GB = 1e9;
const [from, to] = [dateTime(0), dateTime(60_000)];
const range: TimeRange = { from, to, raw: { from, to } };
const WHOLE_NAMESPACE = { ...DEFAULT_SELECTION, namespace: 'robots', include: ['x'] };

it('shows no estimate of a download if the index has no data', async () => {
  const { getResource } = start(0);
  renderInApp(<DownloadModal expr="{}" selector="{}" range={range} timeZone="utc" name="x" onClose={() => {}} />);
  await waitFor(() => expect(getResource).toHaveBeenCalled());
  await act(async () => {});
  expect(screen.queryByText(/has to read/)).not.toBeInTheDocument();
});

/** Starts a Loki that has to read this many bytes. */
function start(bytes: number, logsAskAboveGb?: number) {
  const getResource = jest.fn(async () => ({ bytes, entries: 1 }));
  mockGrafana({
    dataSources: [Object.assign(fakeLoki(), { getResource })],
    settings: { largeSearchGb: logsAskAboveGb },
  });
  return { getResource };
}

it.each<[string, string, number, number | undefined, boolean]>([
  ['starts a search', 'up to the default threshold', 2 * GB, undefined, false],
  ['needs a confirmation for a search', 'above the default threshold', 2 * GB + 1, undefined, true],
  ['starts a search', 'up to a configured threshold', 5 * GB, 5, false],
  ['needs a confirmation for a search', 'above a configured threshold', 0.5 * GB + 1, 0.5, true],
])('%s %s, and a download warns accordingly', async (_, __, bytes, threshold, isLarge) => {
  start(bytes, threshold);
  expect(await findSearchBlocker(WHOLE_NAMESPACE, range, new AbortController().signal)).toEqual(
    isLarge ? { kind: 'large', bytes } : undefined
  );
  renderInApp(<DownloadModal expr="{}" selector="{}" range={range} timeZone="utc" name="x" onClose={() => {}} />);
  expect(await screen.findByText(/has to read up to/)).toBeInTheDocument();
  expect(screen.queryAllByText('Large download')).toHaveLength(isLarge ? 1 : 0);
});
