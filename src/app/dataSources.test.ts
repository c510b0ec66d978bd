import { chooseFrom } from './dataSources';

const prom = (name: string, isDefault = false) => ({ uid: `uid-${name}`, name, type: 'prometheus', isDefault });
const loki = { uid: 'uid-loki', name: 'a-loki', type: 'loki', isDefault: true };

it('takes the configured one before any other', () =>
  expect(chooseFrom([prom('a', true), prom('b')], 'prometheus', 'uid-b')).toMatchObject({
    how: 'configured',
    name: 'b',
  }));

it('says so when the configured one is gone, and takes no other in its place', () =>
  expect(chooseFrom([prom('a', true)], 'prometheus', 'uid-gone')).toEqual({ state: 'lost', uid: 'uid-gone' }));

it("takes Grafana's default if it is of the type", () =>
  expect(chooseFrom([prom('a'), prom('z', true)], 'prometheus')).toMatchObject({ how: 'default', name: 'z' }));

it('takes the first by name if the default is of another type', () =>
  expect(chooseFrom([loki, prom('z'), prom('b')], 'prometheus')).toMatchObject({ how: 'first', name: 'b' }));

it('finds none where there is none', () => expect(chooseFrom([loki], 'prometheus')).toEqual({ state: 'none' }));
