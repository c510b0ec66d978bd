import { getObjectKey } from './objectRef';

const dog = { kind: 'LifelongLearningJob', namespace: 'robots', name: 'dog' };

describe('getObjectKey', () => {
  it('joins kind, namespace, and name if there is only one cluster', () => {
    expect(getObjectKey(dog)).toBe('LifelongLearningJob/robots/dog');
    expect(getObjectKey({ ...dog, cluster: '' })).toBe('LifelongLearningJob/robots/dog');
  });

  it('tells objects of the same name in different clusters apart', () =>
    expect(getObjectKey({ ...dog, cluster: 'east' })).not.toBe(getObjectKey({ ...dog, cluster: 'west' })));

  it('gives an object that was created again the same key', () =>
    expect(getObjectKey({ ...dog, uid: '1' })).toBe(getObjectKey({ ...dog, uid: '2' })));
});
