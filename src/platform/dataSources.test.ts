import { chooseDataSourceFrom } from './dataSources';

const prom = (name: string, isDefault = false) => ({ uid: `uid-${name}`, name, type: 'prometheus', isDefault });
const loki = { uid: 'uid-loki', name: 'a-loki', type: 'loki', isDefault: true };

describe('dataSources', () => {
  it('prefers the configured one', () =>
    expect(chooseDataSourceFrom([prom('a', true), prom('b')], 'prometheus', 'uid-b')).toMatchObject({
      how: 'configured',
      name: 'b',
    }));

  it('reports that the configured one is missing instead of using another', () =>
    expect(chooseDataSourceFrom([prom('a', true)], 'prometheus', 'uid-gone')).toEqual({
      state: 'lost',
      uid: 'uid-gone',
    }));

  it("uses Grafana's default if it has the role", () =>
    expect(chooseDataSourceFrom([prom('a'), prom('z', true)], 'prometheus')).toMatchObject({
      how: 'default',
      name: 'z',
    }));

  it('uses the first one by name if the default has another role', () =>
    expect(chooseDataSourceFrom([loki, prom('z'), prom('b')], 'prometheus')).toMatchObject({
      how: 'first',
      name: 'b',
    }));

  it('finds none if no data source has the role', () =>
    expect(chooseDataSourceFrom([loki], 'prometheus')).toEqual({ state: 'none' }));
});
