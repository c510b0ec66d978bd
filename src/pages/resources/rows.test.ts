import { panelData, sample, tables } from '../../test/grafana';
import { narrow, resourceRows } from './rows';

const id = (namespace: string, name: string) => ({ namespace, name });

it('joins by namespace and name, and orders by them', () => {
  const data = panelData({
    series: tables({
      info: [
        sample({ ...id('b', 'dog'), url: '/b' }),
        sample({ ...id('a', 'dog'), url: '/a' }),
        sample({ ...id('a', 'cat'), url: '/c' }),
      ],
      samples: [sample(id('a', 'dog'), 10), sample(id('b', 'dog'), 20)],
      since: [sample(id('b', 'dog'), 2000)],
      condition: [sample({ ...id('a', 'dog'), stage: 'Train', condition: 'Ready' })],
    }),
  });
  expect(resourceRows(data)).toMatchObject([
    { ...id('a', 'cat'), url: '/c', samples: undefined, since: undefined, stage: '', condition: '' },
    { ...id('a', 'dog'), url: '/a', samples: 10, since: undefined, stage: 'Train', condition: 'Ready' },
    { ...id('b', 'dog'), url: '/b', samples: 20, since: 2000, stage: '', condition: '' },
  ]);
});

it('has one row an object where two kube-state-metrics tell of it', () => {
  const twice = ['ksm-0', 'ksm-1'].map((instance) => sample({ ...id('a', 'dog'), instance }));
  expect(resourceRows(panelData({ series: tables({ info: twice }) }))).toHaveLength(1);
});

it('has none while there is no answer', () => expect(resourceRows(undefined)).toEqual([]));

describe('narrowing', () => {
  const rows = [id('a', 'Robot-dog'), id('b', 'robot-cat'), id('b', 'dog.v2')].map((row) => ({
    ...row,
    stage: '',
    condition: '',
  }));
  const names = (namespace: string, text: string) => narrow(rows, namespace, text).map(({ name }) => name);

  it.each([
    ['', '', ['Robot-dog', 'robot-cat', 'dog.v2']],
    ['', 'DOG', ['Robot-dog', 'dog.v2']],
    ['', ' robot ', ['Robot-dog', 'robot-cat']],
    ['b', '', ['robot-cat', 'dog.v2']],
    ['b', 'dog', ['dog.v2']],
    ['B', '', []],
    ['', '.*', []],
    ['', 'g.v', ['dog.v2']],
  ])('by namespace %j and text %j leaves %j', (namespace, text, expected) =>
    expect(names(namespace, text)).toEqual(expected)
  );
});
