import { SceneObjectBase, type SceneComponentProps, type SceneObjectState } from '@grafana/scenes';
import { useOpened } from '../components/useStoredObjects';
import type { ObjectRef } from '../query/resources';

interface RememberOpenedState extends SceneObjectState {
  ref: ObjectRef;
}

/** Shows nothing; that it is shown puts the object among those that the person opened recently. */
export class RememberOpened extends SceneObjectBase<RememberOpenedState> {
  static Component = Remember;
}

function Remember({ model }: SceneComponentProps<RememberOpened>) {
  const { kind, namespace, name } = model.useState().ref;
  useOpened(kind, namespace, name);
  return null;
}
