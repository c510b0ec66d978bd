/** How a table is sorted and which page of it is shown, in the URL: `sort=-since&page=2`. */
import {
  SceneObjectBase,
  SceneObjectUrlSyncConfig,
  type SceneObjectState,
  type SceneObjectUrlValues,
} from '@grafana/scenes';
import type { SortOrder } from '../../ui/sorting';
import { parseString } from '../../platform/links/urlParams';

interface State<Column extends string> extends SceneObjectState {
  /** Absent: in the order that the table has by itself. */
  sort?: SortOrder<Column>;
  /** From 1; one that is too high is the last. */
  page: number;
  /** How often the sort came from elsewhere than the heads of the table, which it does not follow by itself. */
  sortsFromElsewhere: number;
}

const sortText = (sort: SortOrder | undefined) => (sort ? `${sort.descending ? '-' : ''}${sort.by}` : null);

/** Belongs into the state of a scene: whatever is in there is found for the URL. */
export class TableState<Column extends string> extends SceneObjectBase<State<Column>> {
  protected _urlSync = new SceneObjectUrlSyncConfig(this, { keys: ['sort', 'page'] });

  constructor(readonly isColumn: (name: string) => name is Column) {
    super({ page: 1, sortsFromElsewhere: 0 });
  }

  getUrlState() {
    const { sort, page } = this.state;
    return { sort: sortText(sort), page: page === 1 ? null : String(page) };
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

  /** As a head of the table says. */
  sortBy = (sort: SortOrder<Column> | undefined) => {
    if (sortText(sort) !== sortText(this.state.sort)) {
      this.setState({ sort, page: 1 });
    }
  };

  turnTo = (page: number) => {
    if (page !== this.state.page) {
      this.setState({ page });
    }
  };

  /** For other rows in other columns. */
  reset() {
    this.setSort(undefined);
    this.turnTo(1);
  }

  private setSort(sort: SortOrder<Column> | undefined) {
    if (sortText(sort) !== sortText(this.state.sort)) {
      this.setState({ sort, sortsFromElsewhere: this.state.sortsFromElsewhere + 1 });
    }
  }
}
