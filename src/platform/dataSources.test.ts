import { chooseDataSourceFrom } from './dataSources';

const prom = (name: string, isDefault = false) => ({ uid: `uid-${name}`, name, type: 'prometheus', isDefault });
const loki = { uid: 'uid-loki', name: 'a-loki', type: 'loki', isDefault: true };

it('takes the configured one before any other', () =>
  expect(chooseDataSourceFrom([prom('a', true), prom('b')], 'prometheus', 'uid-b')).toMatchObject({
    how: 'configured',
    name: 'b',
  }));

it('says so when the configured one is gone, and takes no other in its place', () =>
  expect(chooseDataSourceFrom([prom('a', true)], 'prometheus', 'uid-gone')).toEqual({
    state: 'lost',
    uid: 'uid-gone',
  }));

it("takes Grafana's default if it is of the type", () =>
  expect(chooseDataSourceFrom([prom('a'), prom('z', true)], 'prometheus')).toMatchObject({
    how: 'default',
    name: 'z',
  }));

it('takes the first by name if the default is of another type', () =>
  expect(chooseDataSourceFrom([loki, prom('z'), prom('b')], 'prometheus')).toMatchObject({ how: 'first', name: 'b' }));

it('finds none where there is none', () =>
  expect(chooseDataSourceFrom([loki], 'prometheus')).toEqual({ state: 'none' }));
