import { createSample } from '../test/mockGrafana';
import { getWorkerHealth } from './workerHealth';

const dog = { kind: 'LifelongLearningJob', namespace: 'robots', name: 'dog' };

describe('workerHealth', () => {
  it('keeps failed pods and waiting containers of different objects apart', () => {
    const findHealth = getWorkerHealth([
      createSample(dog, 3),
      createSample({ ...dog, reason: 'CrashLoopBackOff' }),
      createSample({ ...dog, rule: 'failing-loop' }),
      createSample({ ...dog, kind: 'ReidJob' }, 9),
    ]);
    expect(findHealth(dog)).toEqual({
      failedWorkers: 3,
      waitingReason: 'CrashLoopBackOff',
      findings: ['failing-loop'],
    });
    expect(findHealth({ ...dog, kind: 'ReidJob' })).toEqual({ failedWorkers: 9 });
    expect(findHealth({ ...dog, namespace: 'other' })).toEqual({ failedWorkers: 0 });
  });
});
