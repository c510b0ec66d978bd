import React, { lazy, Suspense } from 'react';
import {
  SceneObjectBase,
  SceneObjectUrlSyncConfig,
  type SceneComponentProps,
  type SceneObjectState,
  type SceneObjectUrlValues,
} from '@grafana/scenes';
import { LoadingIndicator } from '../../../ui/feedback/LoadingIndicator';
import type { ObjectRef } from '../../../sedna/objectRef';

interface ObjectSceneState extends SceneObjectState {
  address: ObjectRef;
  format: 'yaml' | 'json';
  /** Search text of the manifest. */
  find: string;
}

/** Lazy, because it includes the YAML parser, which no other page needs. */
const ObjectTab = lazy(() => import('./ObjectTab').then((module) => ({ default: module.ObjectTab })));

/** Shows the live object from the Kubernetes API; format and search text are in the URL. */
export class ObjectScene extends SceneObjectBase<ObjectSceneState> {
  protected _urlSync = new SceneObjectUrlSyncConfig(this, { keys: ['format', 'find'] });

  constructor({ address }: Pick<ObjectSceneState, 'address'>) {
    super({ address, format: 'yaml', find: '' });
  }

  getUrlState(): SceneObjectUrlValues {
    const { format, find } = this.state;
    return { format: format === 'yaml' ? undefined : format, find: find || undefined };
  }

  updateFromUrl({ format, find }: SceneObjectUrlValues): void {
    this.setState({ format: format === 'json' ? 'json' : 'yaml', find: typeof find === 'string' ? find : '' });
  }

  static Component = ObjectRenderer;
}

function ObjectRenderer({ model }: SceneComponentProps<ObjectScene>) {
  const { address, format, find } = model.useState();
  return (
    <Suspense fallback={<LoadingIndicator source="Kubernetes" />}>
      <ObjectTab
        address={address}
        format={format}
        find={find}
        onFormatChange={(next) => model.setState({ format: next })}
        onFindChange={(next) => model.setState({ find: next })}
      />
    </Suspense>
  );
}
