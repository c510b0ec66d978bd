import { getStaleness } from './staleness';

const now = 1_700_000_000;

it.each([
  ['fresh samples', { now, sampledAt: now - 15 }, { state: 'fresh' }],
  ['samples of unknown age', { now }, { state: 'fresh' }],
  ['samples of two and a half minutes', { now, sampledAt: now - 150 }, { state: 'fresh' }],
  ['older samples', { now, sampledAt: now - 151 }, { state: 'stale', since: now - 151 }],
  [
    'a silent node',
    { now, sampledAt: now - 15, offlineNode: { node: 'edge-1', age: 3600 } },
    { state: 'offline', node: 'edge-1', since: now - 3600 },
  ],
  [
    'a node that Kubernetes does not give up yet',
    { now, offlineNode: { node: 'edge-1', age: 60 } },
    { state: 'fresh' },
  ],
  [
    'a silent node and old samples',
    { now, sampledAt: now - 200, offlineNode: { node: 'edge-1', age: 61 } },
    { state: 'offline', node: 'edge-1', since: now - 61 },
  ],
])('judges %s', (_, reported, expected) => expect(getStaleness(reported)).toEqual(expected));
