import {
  SceneObjectBase,
  SceneObjectUrlSyncConfig,
  type SceneObjectState,
  type SceneObjectUrlValues,
  type SceneQueryRunner,
} from '@grafana/scenes';
import type { Sort } from '../../components/sorting';
import { listedDetails, listedObjects, listedStates, silentReporters } from '../../query/resourceList';
import { workerTrouble } from '../../query/resources';
import { instantTablesRunner } from '../../scenes/instantTables';
import { pageFromUrl, pageToUrl, sortFromUrl, sortToUrl } from '../../scenes/sortUrl';
import { oneText, textToUrl } from '../../scenes/urlText';
import { findKind, type KindName } from '../../sedna/kinds';
import { List } from './List';
import { isSortColumn, type SortColumn } from './rows';

export interface ListState extends SceneObjectState {
  /** Empty for all kinds. */
  kind: KindName | '';
  /** Empty for all. */
  namespace: string;
  /** What is typed; see src/sedna/search.ts. */
  text: string;
  sort?: Sort<SortColumn>;
  /** From 1. */
  page: number;
  /** How often the sort came from the URL, which the table does not follow by itself. */
  sortsFromUrl: number;
  $data?: SceneQueryRunner;
}

/** Four queries, five for a kind whose status tells more than a condition. */
function runnerFor(kind: KindName | '') {
  const one = kind === '' ? undefined : kind;
  const details = one && listedDetails(one);
  return instantTablesRunner({
    objects: listedObjects(one),
    states: listedStates(one),
    ...(details && { details }),
    trouble: workerTrouble(),
    silent: silentReporters(),
  });
}

/** All objects, or those of one kind; everything that narrows them does so in the browser, without asking again. */
export class ListScene extends SceneObjectBase<ListState> {
  protected _urlSync = new SceneObjectUrlSyncConfig(this, { keys: ['kind', 'namespace', 'q', 'sort', 'page'] });

  constructor(state: Partial<ListState> = {}) {
    const kind = state.kind ?? '';
    super({ namespace: '', text: '', page: 1, sortsFromUrl: 0, ...state, kind, $data: runnerFor(kind) });
  }

  getUrlState() {
    const { kind, namespace, text, sort, page } = this.state;
    return {
      kind: textToUrl(kind),
      namespace: textToUrl(namespace),
      q: textToUrl(text),
      sort: sortToUrl(sort),
      page: pageToUrl(page),
    };
  }

  updateFromUrl(values: SceneObjectUrlValues) {
    if ('kind' in values) {
      this.chooseKind(findKind(oneText(values.kind))?.kind ?? '');
    }
    if ('namespace' in values) {
      this.setState({ namespace: oneText(values.namespace) });
    }
    if ('q' in values) {
      this.setState({ text: oneText(values.q) });
    }
    if ('sort' in values) {
      const sort = sortFromUrl(values.sort, isSortColumn);
      if (sortToUrl(sort) !== sortToUrl(this.state.sort)) {
        this.setState({ sort, sortsFromUrl: this.state.sortsFromUrl + 1 });
      }
    }
    if ('page' in values) {
      this.setState({ page: pageFromUrl(values.page) });
    }
  }

  chooseKind = (kind: KindName | '') => {
    if (kind !== this.state.kind) {
      this.setState({ kind, sort: undefined, page: 1, $data: runnerFor(kind) });
    }
  };

  chooseNamespace = (namespace: string) => this.setState({ namespace, page: 1 });

  type = (text: string) => this.setState({ text, page: 1 });

  sortBy = (sort: Sort<SortColumn> | undefined) => {
    if (sortToUrl(sort) !== sortToUrl(this.state.sort)) {
      this.setState({ sort, page: 1 });
    }
  };

  turnTo = (page: number) => this.setState({ page });

  static Component = List;
}
