import type { KubernetesClient, KubernetesObjectRef, SednaObject } from '../../../../kubernetes';
import type { ActionResult } from './actionResult';

/** Props of every dialog that acts on an existing object. */
export interface ObjectActionProps {
  client: KubernetesClient;
  address: KubernetesObjectRef;
  /** The object as it was last fetched. */
  object: SednaObject;
  onClose: () => void;
  onDone: (result: ActionResult) => void;
}
