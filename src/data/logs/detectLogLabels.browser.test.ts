import { LOG_LABEL_CHOICES, STREAM_LABELS } from '../../query/logs/logLabels';
import { fakeLoki, mockGrafana, type FakeDataSource } from '../../test/mockGrafana';
import { getCurrentLogLabels, withLogLabels } from './detectLogLabels';

const OTEL = ['k8s_namespace_name', 'k8s_pod_name', 'k8s_container_name'];

/** Another data source each time: what is known of one lasts as long as the module. */
let visits = 0;
const newLoki = (change: Partial<FakeDataSource> = {}) => Object.assign(fakeLoki({ uid: `loki-${++visits}` }), change);
const getStorageKey = (loki: FakeDataSource) => `kubeedge-sedna-app.log-labels.${loki.identity.uid}`;
const getStoredLabels = (loki: FakeDataSource) => localStorage.getItem(getStorageKey(loki));

/** Opens a page that builds queries; `kept` is from the visit before. */
function visit(loki: FakeDataSource, kept?: string) {
  mockGrafana({ dataSources: [loki] });
  if (kept !== undefined) {
    localStorage.setItem(getStorageKey(loki), kept);
  }
  const built: string[] = [];
  withLogLabels(() => built.push(getCurrentLogLabels().pod.name));
  return built;
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

describe('detectLogLabels', () => {
  it('waits for the stream labels on the first visit, and stores them', async () => {
    const loki = newLoki({ streamLabels: OTEL });
    const built = visit(loki);
    expect(built).toEqual([]);
    await settled();
    expect(built).toEqual(['k8s_pod_name']);
    expect(JSON.parse(getStoredLabels(loki)!)).toEqual(OTEL);
  });

  it('builds once, immediately, from the stored labels', async () => {
    const loki = newLoki({ streamLabels: OTEL });
    const built = visit(loki, JSON.stringify(OTEL));
    expect(built).toEqual(['k8s_pod_name']);
    await settled();
    expect(built).toEqual(['k8s_pod_name']);
  });

  it('builds again if the labels changed since the last visit', async () => {
    const built = visit(newLoki(), JSON.stringify(OTEL));
    expect(built).toEqual(['k8s_pod_name']);
    await settled();
    expect(built).toEqual(['k8s_pod_name', 'pod']);
  });

  it.each(['', 'null', '{"pod":1}', '"x"', 'not JSON'])('ignores the stored value %j', async (kept) => {
    const built = visit(newLoki(), kept);
    await settled();
    expect(built).toEqual(['pod']);
  });

  it('uses the default labels if Loki is unreachable', async () => {
    const loki = newLoki({ getResource: () => Promise.reject(new Error('connection refused')) });
    const built = visit(loki);
    await settled();
    expect(built).toEqual([STREAM_LABELS.pod.name]);
    expect(getStoredLabels(loki)).toBeNull();
  });

  it('restores that pods are structured metadata', async () => {
    const loki = newLoki({ streamLabels: ['namespace', 'container'] });
    visit(loki);
    await settled();
    const kept = getStoredLabels(loki)!;
    visit(newLoki(), kept);
    expect(getCurrentLogLabels()).toEqual(LOG_LABEL_CHOICES.metadata);
  });
});
