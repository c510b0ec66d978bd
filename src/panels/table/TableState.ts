import {
  SceneObjectBase,
  SceneObjectUrlSyncConfig,
  type SceneObjectState,
  type SceneObjectUrlValues,
} from '@grafana/scenes';
import type { SortOrder } from '../../ui/sorting';
import { parseString } from '../../platform/links/urlParams';

interface State<Column extends string> extends SceneObjectState {
  /** Default order of the table if absent. */
  sort?: SortOrder<Column>;
  /** 1-based; a page after the last one shows the last one. */
  page: number;
  /** Number of sort changes from outside of the table, such as the URL. Grafana's table must remount for these. */
  externalSortCount: number;
}

const formatSort = (sort: SortOrder | undefined) => (sort ? `${sort.descending ? '-' : ''}${sort.by}` : null);

/** Sort order and page of a table, in the URL as `sort=-since&page=2`. Scenes syncs it if it is in a scene's state. */
export class TableState<Column extends string> extends SceneObjectBase<State<Column>> {
  protected _urlSync = new SceneObjectUrlSyncConfig(this, { keys: ['sort', 'page'] });

  constructor(readonly isColumn: (name: string) => name is Column) {
    super({ page: 1, externalSortCount: 0 });
  }

  getUrlState() {
    const { sort, page } = this.state;
    return { sort: formatSort(sort), page: page === 1 ? null : String(page) };
  }

  updateFromUrl(values: SceneObjectUrlValues) {
    if ('sort' in values) {
      const name = parseString(values.sort);
      const by = name.replace(/^-/, '');
      this.setSort(this.isColumn(by) ? { by, descending: name.startsWith('-') } : undefined);
    }
    if ('page' in values) {
      const page = parseString(values.page);
      this.turnTo(/^[1-9]\d{0,5}$/.test(page) ? Number(page) : 1);
    }
  }

  /** Handles a click on a column header. */
  sortBy = (sort: SortOrder<Column> | undefined) => {
    if (formatSort(sort) !== formatSort(this.state.sort)) {
      this.setState({ sort, page: 1 });
    }
  };

  turnTo = (page: number) => {
    if (page !== this.state.page) {
      this.setState({ page });
    }
  };

  /** Resets both, for a table with other columns. */
  reset() {
    this.setSort(undefined);
    this.turnTo(1);
  }

  private setSort(sort: SortOrder<Column> | undefined) {
    if (formatSort(sort) !== formatSort(this.state.sort)) {
      this.setState({ sort, externalSortCount: this.state.externalSortCount + 1 });
    }
  }
}
