import { SceneObjectBase, type SceneComponentProps, type SceneObjectState } from '@grafana/scenes';
import { useTrackRecentObject } from '../../platform/storage/useStoredObjects';
import type { ObjectRef } from '../../sedna/objectRef';

interface RememberOpenedState extends SceneObjectState {
  ref: ObjectRef;
}

/** Shows nothing; that it is shown puts the object among those that the person opened recently. */
export class RecentObjectTracker extends SceneObjectBase<RememberOpenedState> {
  static Component = Remember;
}

function Remember({ model }: SceneComponentProps<RecentObjectTracker>) {
  const { kind, namespace, name } = model.useState().ref;
  useTrackRecentObject(kind, namespace, name);
  return null;
}
