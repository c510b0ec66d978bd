/** How a table is sorted and which page of it is shown, as the URL has it: `sort=-since&page=2`. */
import type { SceneObjectUrlValue } from '@grafana/scenes';
import type { Sort } from '../components/sorting';
import { oneText } from './urlText';

export const sortToUrl = (sort: Sort | undefined) => (sort ? `${sort.descending ? '-' : ''}${sort.by}` : null);

/** Nothing where the URL names no column that can be sorted by. */
export function sortFromUrl<Column extends string>(
  value: SceneObjectUrlValue,
  isColumn: (name: string) => name is Column
): Sort<Column> | undefined {
  const name = oneText(value);
  const by = name.replace(/^-/, '');
  return isColumn(by) ? { by, descending: name.startsWith('-') } : undefined;
}

export const pageToUrl = (page: number) => (page === 1 ? null : String(page));

/** The first page where the URL names none. */
export function pageFromUrl(value: SceneObjectUrlValue): number {
  const page = oneText(value);
  return /^[1-9]\d{0,5}$/.test(page) ? Number(page) : 1;
}
