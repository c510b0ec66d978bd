import React from 'react';
import {
  sceneGraph,
  SceneObjectBase,
  SceneObjectUrlSyncConfig,
  type SceneComponentProps,
  type SceneObjectState,
  type SceneObjectUrlValues,
  type SceneQueryRunner,
} from '@grafana/scenes';
import { TableState } from '../../../panels/table/TableState';
import { parseString, formatString } from '../../../platform/links/urlParams';
import { findKindByAnyName, type KindName } from '../../../sedna/kinds';
import { createListRunner } from './queries';
import { ResourceList } from './ResourceList';
import { isSortColumn, type SortColumn } from './rows';

export interface ResourceListState extends SceneObjectState {
  /** Empty for all kinds. */
  kind: KindName | '';
  /** Empty for all namespaces. */
  namespace: string;
  /** Search text in the syntax of src/sedna/search.ts. */
  text: string;
  table: TableState<SortColumn>;
  $data?: SceneQueryRunner;
}

/** Lists all objects, or those of one kind. Namespace and text filter in the browser, without another query. */
export class ResourceListScene extends SceneObjectBase<ResourceListState> {
  protected _urlSync = new SceneObjectUrlSyncConfig(this, { keys: ['kind', 'namespace', 'q'] });

  constructor(state: Partial<ResourceListState> = {}) {
    const kind = state.kind ?? '';
    super({
      namespace: '',
      text: '',
      table: new TableState(isSortColumn),
      ...state,
      kind,
      $data: createListRunner(kind),
    });
  }

  getUrlState() {
    const { kind, namespace, text } = this.state;
    return { kind: formatString(kind), namespace: formatString(namespace), q: formatString(text) };
  }

  updateFromUrl(values: SceneObjectUrlValues) {
    if ('kind' in values) {
      this.setKind(findKindByAnyName(parseString(values.kind))?.kind ?? '');
    }
    // The page number comes from the URL too: only what the user changes turns back to the first page.
    if ('namespace' in values) {
      this.setState({ namespace: parseString(values.namespace) });
    }
    if ('q' in values) {
      this.setState({ text: parseString(values.q) });
    }
  }

  setKind = (kind: KindName | '') => {
    if (kind !== this.state.kind) {
      this.setState({ kind, $data: createListRunner(kind) });
      this.state.table.reset();
    }
  };

  setNamespace = (namespace: string) => this.filter({ namespace });

  setText = (text: string) => this.filter({ text });

  private filter(change: Partial<ResourceListState>) {
    this.setState(change);
    this.state.table.turnTo(1);
  }

  static Component = ResourceListRenderer;
}

function ResourceListRenderer({ model }: SceneComponentProps<ResourceListScene>) {
  const { kind, namespace, text, table } = model.useState();
  const { data } = sceneGraph.getData(model).useState();
  return (
    <ResourceList
      data={data}
      kind={kind}
      namespace={namespace}
      text={text}
      table={table}
      onKindChange={model.setKind}
      onNamespaceChange={model.setNamespace}
      onTextChange={model.setText}
    />
  );
}
