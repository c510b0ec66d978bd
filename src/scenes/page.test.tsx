import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { fakePrometheus, sample, startGrafana } from '../test/grafana';
import { renderPage } from '../test/render';
import { instantRunner } from './queries';
import { QueryNotice } from './QueryNotice';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const wait = (ms: number) => act(() => jest.advanceTimersByTimeAsync(ms));

async function openPage(failure?: 'no answer yet') {
  const prometheus = Object.assign(fakePrometheus(), { failure, answers: { up: [sample({ pod: 'a' })] } });
  startGrafana({ dataSources: [prometheus] });
  const page = renderPage(
    new QueryNotice({ role: 'prometheus', $data: instantRunner({ up: 'up' }) }),
    'prometheus',
    {}
  );
  await wait(1000);
  const user = userEvent.setup({ advanceTimers: jest.advanceTimersByTime });
  return { prometheus, refresh: () => user.click(screen.getByTestId(/RefreshPicker run/)), ...page };
}

it('asks again by itself', async () => {
  const { prometheus } = await openPage();
  expect(prometheus.requests).toHaveLength(1);
  await wait(31_000);
  expect(prometheus.requests).toHaveLength(3);
});

it('does not drop a slow answer to ask again', async () => {
  const { prometheus } = await openPage('no answer yet');
  await wait(60_000);
  expect(prometheus.requests).toHaveLength(1);
  expect(screen.getByText(/Prometheus & co takes long to answer/)).toBeInTheDocument();
});

it('asks nothing more when it is left', async () => {
  const { prometheus, unmount } = await openPage();
  unmount();
  await wait(60_000);
  expect(prometheus.requests).toHaveLength(1);
});

it('asks at once when a person wants it', async () => {
  const { prometheus, refresh } = await openPage();
  await refresh();
  await wait(100);
  expect(prometheus.requests).toHaveLength(2);
});
