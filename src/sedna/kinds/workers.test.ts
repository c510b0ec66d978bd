import { KINDS } from '.';
import { NO_RECORDING, readRecordedVersions } from '../recording.fixture';
import {
  ANY_WORKER_POD_PATTERN,
  buildTruncatedWorkerPodPatterns,
  DEPLOYMENT_WORKER_TYPES,
  buildWorkerPodPattern,
} from './workers';

const matches = (pattern: string, pod: string) => new RegExp(`^(?:${pattern})$`).test(pod);

describe('pods of workers by their names', () => {
  it.each([
    'robo-train-x7k2p',
    'robo-eval-x7k2p',
    'robo-inference-x7k2p',
    'yolo-aggregation-x7k2p',
    'gate-videoanalytics-x7k2p',
    'people-reid-x7k2p',
    'search-trackingworker-x7k2p',
    // joint inference up to v0.6, and since
    'helmet-edge-x7k2p',
    'helmet-deployment-edge-6c7bd8b9b5-x7k2p',
    'helmet-deployment-cloud-6c7bd8b9-x7k2p',
    'people-deployment-fe-6c7bd8b9b5-x7k2p',
    'search-deployment-reidworker-6c7bd8b9b5-x7k2p',
    'search-deployment-userworker-6c7bd8b9b5-x7k2p',
    // 58 characters and five
    'helmet-detection-inference-example-deployment-edge-6c7bd8bx7k2p',
    'helmet-detection-inference-examples-of-mine-deployment-fe-x7k2p',
  ])('%s is one', (pod) => expect(matches(buildWorkerPodPattern('.+'), pod)).toBe(true));

  it.each([
    'gm-6c7bd8b9b5-n8x9w',
    'lc-8jx2k',
    'edge-x7k2p',
    'web-deployment-front-6c7bd8b9b5-x7k2p',
    'robo-train-x7k2p-0',
  ])('%s is none', (pod) => expect(matches(buildWorkerPodPattern('.+'), pod)).toBe(false));

  it('are of one name only', () => {
    expect(matches(buildWorkerPodPattern('robo'), 'robo-deployment-edge-6c7bd8b9b5-x7k2p')).toBe(true);
    expect(matches(buildWorkerPodPattern('robo'), 'robo-train-eval-x7k2p')).toBe(false);
    expect(matches(buildWorkerPodPattern('robo'), 'my-robo-eval-x7k2p')).toBe(false);
  });

  it('may have lost their type to a long name', () => {
    const name = 'a'.repeat(50);
    const patterns = buildTruncatedWorkerPodPatterns(name, (text) => text);
    // of -inference-, seven characters are left, of -deployment- the same
    expect(patterns).toContain(`${name}-inferen[a-z0-9]{5}`);
    expect(patterns).toContain(`${name}-deploym[a-z0-9]{5}`);
    expect(patterns).not.toContain(`${name}-train-[a-z0-9]{5}`);
    expect(buildTruncatedWorkerPodPatterns('robo', (text) => text)).toEqual([]);
  });
});

it('tells the kind by the type of a Deployment', () => {
  const types = DEPLOYMENT_WORKER_TYPES.flatMap(({ types }) => types);
  expect(new Set(types).size).toBe(types.length);
  const withWorkers = KINDS.filter(({ hasWorkers }) => hasWorkers).map(({ kind }) => kind);
  expect(withWorkers).toEqual(expect.arrayContaining(DEPLOYMENT_WORKER_TYPES.map(({ kind }) => kind)));
});

(NO_RECORDING ? describe.skip : describe)(`recorded pods${NO_RECORDING ? ` (${NO_RECORDING})` : ''}`, () => {
  const pods = () => new Map(readRecordedVersions('Pod').map(({ object: { metadata } }) => [metadata.name, metadata]));

  it('are known as workers by their names if and only if a Sedna label says so', () => {
    const wrong = [...pods().values()].filter(({ name, labels = {} }) => {
      const isWorker = Object.keys(labels).some((label) => label.endsWith('.sedna.io/worker-type'));
      return matches(ANY_WORKER_POD_PATTERN, name) !== isWorker;
    });
    expect(wrong.map(({ name }) => name)).toEqual([]);
    expect(pods().size).toBeGreaterThan(100);
  });
});
