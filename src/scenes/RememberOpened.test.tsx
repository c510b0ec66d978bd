import { waitFor } from '@testing-library/react';
import { CONNECTION_REFUSED, fakePrometheus, startGrafana } from '../test/grafana';
import { renderScene } from '../test/render';
import { RememberOpened } from './RememberOpened';

const ref = { kind: 'Dataset', namespace: 'robots', name: 'steps' } as const;
const kept = () => Object.values(window.localStorage).join();

beforeEach(() => window.localStorage.clear());

function open(prometheus = fakePrometheus(), dataSources = [prometheus]) {
  startGrafana({ dataSources });
  renderScene(new RememberOpened({ ref }));
  return prometheus;
}

it('remembers what is there now', async () => {
  const prometheus = fakePrometheus();
  prometheus.values = ['steps'];
  open(prometheus);
  await waitFor(() => expect(kept()).toContain('["Dataset","robots","steps"]'));
  expect(prometheus.asked).toEqual([
    ['api/v1/label/name/values', { 'match[]': '{__name__="sedna_dataset_info", namespace="robots", name="steps"}' }],
  ]);
});

it('forgets an address that names nothing', async () => {
  const prometheus = open();
  await waitFor(() => expect(prometheus.asked).toHaveLength(1));
  expect(kept()).toBe('');
});

it('remembers nothing that it cannot know of, and says nothing of it', async () => {
  const prometheus = fakePrometheus();
  prometheus.failure = CONNECTION_REFUSED;
  open(prometheus);
  await waitFor(() => expect(prometheus.asked).toHaveLength(1));
  expect(kept()).toBe('');
});
