import { TableState } from './TableState';

const isColumn = (name: string): name is 'pod' | 'age' => name === 'pod' || name === 'age';

describe('TableState', () => {
  it.each([
    [
      { sort: '-age', page: '3' },
      { sort: '-age', page: '3' },
    ],
    [{ sort: 'node' }, { sort: null, page: null }],
    [
      { sort: ['pod', 'age'], page: '0' },
      { sort: null, page: null },
    ],
    [
      { sort: '--pod', page: '1e3' },
      { sort: null, page: null },
    ],
  ])('parses the URL %j as %j', (values, expected) => {
    const table = new TableState(isColumn);
    table.updateFromUrl(values);
    expect(table.getUrlState()).toEqual(expected);
  });

  it('shows the first page after a change of the sort order only', () => {
    const table = new TableState(isColumn);
    table.updateFromUrl({ sort: 'pod', page: '2' });
    table.sortBy({ by: 'pod', descending: false });
    expect(table.state.page).toBe(2);
    table.sortBy({ by: 'pod', descending: true });
    expect(table.getUrlState()).toEqual({ sort: '-pod', page: null });
  });
});
