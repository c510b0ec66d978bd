import { createSample } from '../test/mockGrafana';
import { getWorkerHealth } from './workerHealth';

const dog = { kind: 'LifelongLearningJob', namespace: 'robots', name: 'dog' };

it('tells failed pods and waiting containers of one object from those of others', () => {
  const signsOf = getWorkerHealth([
    createSample(dog, 3),
    createSample({ ...dog, reason: 'CrashLoopBackOff' }),
    createSample({ ...dog, kind: 'ReidJob' }, 9),
  ]);
  expect(signsOf(dog)).toEqual({ failedWorkers: 3, waitingReason: 'CrashLoopBackOff' });
  expect(signsOf({ ...dog, kind: 'ReidJob' })).toEqual({ failedWorkers: 9 });
  expect(signsOf({ ...dog, namespace: 'other' })).toEqual({ failedWorkers: 0 });
});
