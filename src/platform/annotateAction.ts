import { getBackendSrv } from '@grafana/runtime';
import { lastValueFrom } from 'rxjs';
import type { ObjectRef } from '../sedna/objectRef';

/** Change that a user makes to an object. */
export type ObjectAction = 'delete' | 'restart' | 'edit' | 'create';

const VERBS: Readonly<Record<ObjectAction, string>> = {
  delete: 'deleted',
  restart: 'restarted from round one',
  edit: 'changed labels or annotations of',
  create: 'created',
};

/**
 * Creates an annotation for dashboards to show by its tags; Grafana records the user.
 * @returns undefined, or why it failed. It doesn't throw, because the action itself has succeeded.
 */
export async function annotateAction(
  action: ObjectAction,
  { kind, namespace, name }: ObjectRef
): Promise<string | undefined> {
  try {
    await lastValueFrom(
      getBackendSrv().fetch({
        url: '/api/annotations',
        method: 'POST',
        data: {
          time: Date.now(),
          text: `Sedna Ops: ${VERBS[action]} ${kind} ${namespace}/${name}`,
          tags: ['sedna-ops', action, `kind:${kind}`, `namespace:${namespace}`, `name:${name}`],
        },
        showErrorAlert: false,
        showSuccessAlert: false,
      })
    );
    return undefined;
  } catch (reason) {
    const { data, message } = reason as { data?: { message?: string }; message?: string };
    return data?.message ?? message ?? String(reason);
  }
}
