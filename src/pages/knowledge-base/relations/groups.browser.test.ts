import { panelData, tableFrame } from '../../../test/mockGrafana';
import { createRow } from '../testUtils';
import { toTaskGroups } from './groups';

describe('toTaskGroups', () => {
  it('keeps groups of the same name in two clusters apart', () =>
    expect(
      toTaskGroups(
        panelData({
          series: [
            tableFrame('relations', [
              createRow('relation', { cluster: 'east', group: 'g', task: 'a' }),
              createRow('relation', { cluster: 'west', group: 'g', task: 'a' }),
            ]),
          ],
        })
      ).map(({ cluster, tasks }) => [cluster, tasks.length])
    ).toEqual([
      ['east', 1],
      ['west', 1],
    ]));
});
