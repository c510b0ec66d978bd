import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { fakePrometheus, createSample, mockGrafana } from '../../test/mockGrafana';
import { renderPage } from '../../test/render';
import { createInstantRunner } from '../../data/requests/queryRunners';
import { QueryNotice } from './QueryNotice';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const wait = (ms: number) => act(() => jest.advanceTimersByTimeAsync(ms));

async function openPage(failure?: 'no answer yet') {
  const prometheus = Object.assign(fakePrometheus(), { failure, answers: { up: [createSample({ pod: 'a' })] } });
  mockGrafana({ dataSources: [prometheus] });
  const page = renderPage(
    new QueryNotice({ role: 'prometheus', $data: createInstantRunner({ up: 'up' }) }),
    'prometheus',
    {}
  );
  await wait(1000);
  const user = userEvent.setup({ advanceTimers: jest.advanceTimersByTime });
  return { prometheus, refresh: () => user.click(screen.getByTestId(/RefreshPicker run/)), ...page };
}

describe('createPageScene', () => {
  it('refreshes automatically', async () => {
    const { prometheus } = await openPage();
    expect(prometheus.requests).toHaveLength(1);
    await wait(31_000);
    expect(prometheus.requests).toHaveLength(3);
  });

  it("doesn't cancel a slow query to refresh", async () => {
    const { prometheus } = await openPage('no answer yet');
    await wait(60_000);
    expect(prometheus.requests).toHaveLength(1);
    expect(screen.getByText(/Prometheus & co is slow/)).toBeInTheDocument();
  });

  it('sends no more queries when the page is closed', async () => {
    const { prometheus, unmount } = await openPage();
    unmount();
    await wait(60_000);
    expect(prometheus.requests).toHaveLength(1);
  });

  it('refreshes when the user selects it', async () => {
    const { prometheus, refresh } = await openPage();
    await refresh();
    await wait(100);
    expect(prometheus.requests).toHaveLength(2);
  });
});
