import { TableState } from './TableState';

const isColumn = (name: string): name is 'pod' | 'age' => name === 'pod' || name === 'age';

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
])('takes of the URL %j no more than %j', (values, taken) => {
  const table = new TableState(isColumn);
  table.updateFromUrl(values);
  expect(table.getUrlState()).toEqual(taken);
});

it('shows the first page once it is sorted otherwise, and stays where it is sorted as it was', () => {
  const table = new TableState(isColumn);
  table.updateFromUrl({ sort: 'pod', page: '2' });
  table.sortBy({ by: 'pod', descending: false });
  expect(table.state.page).toBe(2);
  table.sortBy({ by: 'pod', descending: true });
  expect(table.getUrlState()).toEqual({ sort: '-pod', page: null });
});
