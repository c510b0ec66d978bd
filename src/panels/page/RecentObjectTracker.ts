import { SceneObjectBase, type SceneComponentProps, type SceneObjectState } from '@grafana/scenes';
import { useTrackRecentObject } from '../../platform/storage/useStoredObjects';
import type { ObjectRef } from '../../sedna/objectRef';

interface RecentObjectTrackerState extends SceneObjectState {
  ref: ObjectRef;
}

/** Adds its object to the recently opened ones of the user when it mounts. Renders nothing. */
export class RecentObjectTracker extends SceneObjectBase<RecentObjectTrackerState> {
  static Component = RecentObjectTrackerRenderer;
}

function RecentObjectTrackerRenderer({ model }: SceneComponentProps<RecentObjectTracker>) {
  const { kind, namespace, name } = model.useState().ref;
  useTrackRecentObject(kind, namespace, name);
  return null;
}
