import { dateTime } from '@grafana/data';
import { seriesFrame, linesFrame, createSample, tableFrame } from '../test/mockGrafana';
import { buildLogsPath, buildMetricsPath, buildResourcePath } from './extensionLinks';

const APP = '/a/kubeedge-sedna-app';
const dog = { kind: 'LifelongLearningJob', namespace: 'robots', name: 'dog' };
const line = (labels: Record<string, string>) => linesFrame([{ time: 1, text: 'x', labels }]);

describe('extensionLinks', () => {
  it('opens the object that all series belong to', () =>
    expect(
      buildResourcePath([seriesFrame({ ...dog, stage: 'Train' }, [[1, 1]]), seriesFrame({ ...dog, stage: 'Eval' }, [])])
    ).toBe(`${APP}/resources/LifelongLearningJob/robots/dog`));

  it('opens the object of a table', () =>
    expect(buildResourcePath([tableFrame('A', [createSample(dog)])])).toBe(
      `${APP}/resources/LifelongLearningJob/robots/dog`
    ));

  it('opens the page that finds the owner of a pod', () =>
    expect(buildResourcePath([line({ namespace: 'robots', pod: 'dog-train-x2z' })])).toBe(
      `${APP}/resources/pod/robots/dog-train-x2z`
    ));

  it.each([
    ['relative', { from: 'now-6h', to: 'now' }, 'from=now-6h&to=now'],
    [
      'absolute',
      { from: dateTime(1_700_000_000_000), to: dateTime(1_700_000_060_000) },
      'from=1700000000000&to=1700000060000',
    ],
  ])('keeps a time range that is %s', (_, range, query) => {
    expect(buildResourcePath([seriesFrame(dog, [])], range)).toBe(
      `${APP}/resources/LifelongLearningJob/robots/dog?${query}`
    );
    expect(buildResourcePath([line({ namespace: 'robots', pod: 'a' })], range)).toBe(
      `${APP}/resources/pod/robots/a?${query}`
    );
  });

  it('encodes a hostile name as one path segment', () => {
    const path = buildResourcePath([seriesFrame({ ...dog, name: '../a?b#c' }, [])]) ?? '';
    expect(decodeURIComponent(path.split('/')[6])).toBe('../a?b#c');
    expect(path.startsWith(`${APP}/resources/LifelongLearningJob/robots/`)).toBe(true);
  });

  it.each([
    ['several objects', [seriesFrame(dog, []), seriesFrame({ ...dog, name: 'cat' }, [])]],
    ['no object', [seriesFrame({ instance: 'a', job: 'b' }, [])]],
    ['a kind of somebody else', [seriesFrame({ ...dog, kind: 'Job' }, [])]],
    ['a pod without a namespace', [seriesFrame({ pod: 'dog-train-a' }, [])]],
    ['nothing', undefined],
  ])('offers no link for %s', (_, frames) => expect(buildResourcePath(frames)).toBeUndefined());

  describe('buildLogsPath', () => {
    const of = (...pods: string[]) => pods.map((pod) => line({ namespace: 'robots', pod }));

    it('opens the logs of the pods in the same time range', () =>
      expect(buildLogsPath(of('a', 'b', 'a'), { from: 'now-6h', to: 'now' })).toBe(
        `${APP}/logs?namespace=robots&pod=a&pod=b&from=now-6h&to=now`
      ));

    it('opens the logs of the namespace for very many pods, or none', () => {
      const all = `${APP}/logs?namespace=robots`;
      expect(buildLogsPath(of(...Array.from({ length: 21 }, (_, index) => `p-${index}`)))).toBe(all);
      expect(buildLogsPath([line({ namespace: 'robots' })])).toBe(all);
    });

    it.each([
      ['several namespaces', [line({ namespace: 'a', pod: 'p' }), line({ namespace: 'b', pod: 'p' })]],
      ['no namespace', [line({ pod: 'p' })]],
      ['series', [seriesFrame({ namespace: 'robots', pod: 'p' }, [[1, 1]])]],
      ['nothing', undefined],
    ])('offers no link for %s', (_, frames) => expect(buildLogsPath(frames)).toBeUndefined());
  });

  describe('buildMetricsPath', () => {
    const series = (name: string, more: Record<string, string> = {}) =>
      seriesFrame({ __name__: 'sedna_job_round', ...dog, name, ...more }, [[1, 1]]);

    it('opens the metric of all objects in the same time range', () =>
      expect(buildMetricsPath([series('dog'), series('cat')], { from: 'now-6h', to: 'now' })).toBe(
        `${APP}/metrics?metric=sedna_job_round&kind=LifelongLearningJob&namespace=robots&name=dog&name=cat&from=now-6h&to=now`
      ));

    it('opens the metric of a table', () =>
      expect(buildMetricsPath([tableFrame('A', [createSample({ __name__: 'sedna:task_score', name: 'a' })])])).toBe(
        `${APP}/metrics?metric=sedna:task_score&name=a`
      ));

    it('opens the metric without a filter for very many objects', () =>
      expect(buildMetricsPath(Array.from({ length: 11 }, (_, index) => series(`job-${index}`)))).not.toContain(
        'name=job'
      ));

    it.each([
      ['two metrics', [series('dog'), series('dog', { __name__: 'sedna_job_info' })]],
      ['of somebody else', [series('dog', { __name__: 'up' })]],
      ['without a name', [seriesFrame(dog, [])]],
      ['that are none', undefined],
    ])('offers no link for series of %s', (_, frames) => expect(buildMetricsPath(frames)).toBeUndefined());
  });
});
