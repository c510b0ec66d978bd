import { createSample } from '../test/mockGrafana';
import { getWorkerHealth } from './workerHealth';

const dog = { kind: 'LifelongLearningJob', namespace: 'robots', name: 'dog' };

describe('workerHealth', () => {
  it('keeps failed pods and waiting containers of different objects apart', () => {
    const findHealth = getWorkerHealth([
      createSample(dog, 3),
      createSample({ ...dog, reason: 'CrashLoopBackOff' }),
      createSample({ ...dog, rule: 'failing-loop' }),
      createSample({ ...dog, rule: 'failing-loop', held: 'true' }),
      createSample({ ...dog, rule: 'crash-loop', held: '' }),
      createSample({ ...dog, kind: 'ReidJob' }, 9),
      createSample({}),
    ]);
    expect(findHealth(dog)).toEqual({
      failedWorkers: 3,
      waitingReason: 'CrashLoopBackOff',
      findings: [
        { rule: 'failing-loop', isHeld: true },
        { rule: 'crash-loop', isHeld: false },
      ],
    });
    expect(findHealth({ ...dog, kind: 'ReidJob' })).toEqual({ failedWorkers: 9, findings: [] });
    expect(findHealth({ ...dog, namespace: 'other' })).toEqual({ failedWorkers: 0, findings: [] });
  });

  it('tells no finding from findings that no Prometheus of the cluster records', () => {
    const findHealth = getWorkerHealth([createSample({ cluster: 'east' })]);
    expect(findHealth({ ...dog, cluster: 'east' }).findings).toEqual([]);
    expect(findHealth({ ...dog, cluster: 'west' }).findings).toBeUndefined();
  });

  it('keeps objects of one name in two clusters apart', () => {
    const east = { ...dog, cluster: 'east' };
    const west = { ...dog, cluster: 'west' };
    const findHealth = getWorkerHealth([
      createSample({ cluster: 'east' }),
      createSample({ cluster: 'west' }),
      createSample(east, 3),
      createSample({ ...east, rule: 'crash-loop' }),
      createSample({ ...east, rule: 'pod-pending' }),
      createSample({ ...west, rule: 'pod-pending' }),
    ]);
    expect(findHealth(east)).toEqual({
      failedWorkers: 3,
      findings: [
        { rule: 'crash-loop', isHeld: false },
        { rule: 'pod-pending', isHeld: false },
      ],
    });
    expect(findHealth(west)).toEqual({ failedWorkers: 0, findings: [{ rule: 'pod-pending', isHeld: false }] });
  });

  it('knows the clusters whose exporter cannot read a source', () => {
    const findHealth = getWorkerHealth([createSample({ cluster: 'east', rule: 'exporter-stale' })]);
    expect(findHealth({ ...dog, cluster: 'east' }).isExporterStale).toBe(true);
    expect(findHealth({ ...dog, cluster: 'west' }).isExporterStale).toBeUndefined();
  });
});
