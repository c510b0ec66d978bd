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
import { objectsMatchingName } from '../../../query/resources';
import { createInstantRunner } from '../../../data/requests/queryRunners';
import { parseString, formatString } from '../../../platform/links/urlParams';
import { ResourceSearch } from './ResourceSearch';
import { SearchResults } from './SearchResults';

interface ResourceSearchState extends SceneObjectState {
  text: string;
  /** Undefined while the text is blank, so that nothing is sent. */
  $data?: SceneQueryRunner;
}

const TYPING_PAUSE_MS = 250;

/** Finds resources of any kind and pods by a part of their name. */
export class ResourceSearchScene extends SceneObjectBase<ResourceSearchState> {
  protected _urlSync = new SceneObjectUrlSyncConfig(this, { keys: ['q'] });

  private timer?: ReturnType<typeof setTimeout>;

  constructor(state: ResourceSearchState) {
    super(state);
    this.addActivationHandler(() => () => clearTimeout(this.timer));
  }

  getUrlState() {
    return { q: formatString(this.state.text) };
  }

  updateFromUrl({ q }: SceneObjectUrlValues) {
    this.setState({ text: parseString(q) });
    this.runSearch();
  }

  /** Takes the typed text and searches when the user pauses. */
  setText = (text: string) => {
    this.setState({ text });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.runSearch(), TYPING_PAUSE_MS);
  };

  private runSearch() {
    const text = this.state.text.trim();
    this.setState({
      $data: text === '' ? undefined : createInstantRunner({ found: objectsMatchingName(text) }),
    });
  }

  static Component = ResourceSearchRenderer;
}

function ResourceSearchRenderer({ model }: SceneComponentProps<ResourceSearchScene>) {
  const { text, $data } = model.useState();
  const { data } = sceneGraph.getData(model).useState();
  return (
    <ResourceSearch text={text} onTextChange={model.setText}>
      {$data && <SearchResults data={data} />}
    </ResourceSearch>
  );
}
