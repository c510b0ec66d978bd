import type { KubernetesClient, SednaObject } from '../../../../kubernetes';
import type { ActionResult } from './actionResult';
import type { ObjectRef } from '../../../../sedna/objectRef';

/** Props of every dialog that acts on an existing object. */
export interface ObjectActionProps {
  client: KubernetesClient;
  address: ObjectRef;
  /** The object as it was last fetched. */
  object: SednaObject;
  onClose: () => void;
  onDone: (result: ActionResult) => void;
}
