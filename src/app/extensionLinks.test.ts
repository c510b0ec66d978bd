import { seriesFrame, linesFrame, sample, tableFrame } from '../test/grafana';
import { pathOfFrames } from './extensionLinks';

const APP = '/a/kubeedge-sedna-app';
const dog = { kind: 'LifelongLearningJob', namespace: 'robots', name: 'dog' };
const line = (labels: Record<string, string>) => linesFrame([{ time: 1, text: 'x', labels }]);

it('leads to the object that all series are about', () =>
  expect(
    pathOfFrames([seriesFrame({ ...dog, stage: 'Train' }, [[1, 1]]), seriesFrame({ ...dog, stage: 'Eval' }, [])])
  ).toBe(`${APP}/resources/LifelongLearningJob/robots/dog`));

it('leads to the object of a table', () =>
  expect(pathOfFrames([tableFrame('A', [sample(dog)])])).toBe(`${APP}/resources/LifelongLearningJob/robots/dog`));

it('leads from a worker pod, whose job may be of several kinds, to what is called like its job', () =>
  expect(pathOfFrames([line({ namespace: 'robots', pod: 'dog-train-x2z' })])).toBe(
    `${APP}/resources?namespace=robots&q=dog`
  ));

it('leads from any other pod to its logs', () =>
  expect(pathOfFrames([line({ namespace: 'sedna', pod: 'gm-0' })])).toBe(`${APP}/logs?namespace=sedna&pod=gm-0`));

it('keeps a hostile name one part of the path', () => {
  const path = pathOfFrames([seriesFrame({ ...dog, name: '../a?b#c' }, [])]) ?? '';
  expect(decodeURIComponent(path.split('/')[6])).toBe('../a?b#c');
  expect(path.startsWith(`${APP}/resources/LifelongLearningJob/robots/`)).toBe(true);
});

it.each([
  ['several objects', [seriesFrame(dog, []), seriesFrame({ ...dog, name: 'cat' }, [])]],
  ['no object', [seriesFrame({ instance: 'a', job: 'b' }, [])]],
  ['a kind of somebody else', [seriesFrame({ ...dog, kind: 'Job' }, [])]],
  ['a pod without a namespace', [seriesFrame({ pod: 'dog-train-a' }, [])]],
  ['nothing', undefined],
])('offers nothing for %s', (_, frames) => expect(pathOfFrames(frames)).toBeUndefined());
