import {
  SceneObjectBase,
  SceneObjectUrlSyncConfig,
  type SceneObjectState,
  type SceneObjectUrlValues,
  type SceneQueryRunner,
} from '@grafana/scenes';
import { listedDetails, listedObjects, listedStates, offlineReportingNodes } from '../../query/resourceList';
import { unhealthyWorkers } from '../../query/resources';
import { createInstantVectorRunner } from '../../data/requests/instantVectorDataSource';
import { TableState } from '../../panels/table/TableState';
import { parseString, formatString } from '../../platform/links/urlParams';
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
  table: TableState<SortColumn>;
  $data?: SceneQueryRunner;
}

/** Four queries, five for a kind whose status tells more than a condition. */
function runnerFor(kind: KindName | '') {
  const one = kind === '' ? undefined : kind;
  const details = one && listedDetails(one);
  return createInstantVectorRunner({
    objects: listedObjects(one),
    states: listedStates(one),
    ...(details && { details }),
    trouble: unhealthyWorkers(),
    silent: offlineReportingNodes(),
  });
}

/** All objects, or those of one kind; everything that narrows them does so in the browser, without asking again. */
export class ListScene extends SceneObjectBase<ListState> {
  protected _urlSync = new SceneObjectUrlSyncConfig(this, { keys: ['kind', 'namespace', 'q'] });

  constructor(state: Partial<ListState> = {}) {
    const kind = state.kind ?? '';
    super({ namespace: '', text: '', table: new TableState(isSortColumn), ...state, kind, $data: runnerFor(kind) });
  }

  getUrlState() {
    const { kind, namespace, text } = this.state;
    return { kind: formatString(kind), namespace: formatString(namespace), q: formatString(text) };
  }

  updateFromUrl(values: SceneObjectUrlValues) {
    if ('kind' in values) {
      this.chooseKind(findKind(parseString(values.kind))?.kind ?? '');
    }
    if ('namespace' in values) {
      this.setState({ namespace: parseString(values.namespace) });
    }
    if ('q' in values) {
      this.setState({ text: parseString(values.q) });
    }
  }

  chooseKind = (kind: KindName | '') => {
    if (kind !== this.state.kind) {
      this.setState({ kind, $data: runnerFor(kind) });
      this.state.table.reset();
    }
  };

  chooseNamespace = (namespace: string) => this.narrow({ namespace });

  type = (text: string) => this.narrow({ text });

  private narrow(change: Partial<ListState>) {
    this.setState(change);
    this.state.table.turnTo(1);
  }

  static Component = List;
}
