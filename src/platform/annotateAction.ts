import { getBackendSrv } from '@grafana/runtime';
import { lastValueFrom } from 'rxjs';
import type { ObjectRef } from '../sedna/objectRef';

/** What a person has done to an object. */
export type ObjectAction = 'delete' | 'restart' | 'edit' | 'create';

const VERBS: Readonly<Record<ObjectAction, string>> = {
  delete: 'deleted',
  restart: 'restarted from round one',
  edit: 'changed labels or annotations of',
  create: 'created',
};

/**
 * Leaves an annotation on Grafana's time line, which dashboards can show by its tags; Grafana notes who made it.
 * @returns undefined, or why there is none: the deed itself is done, whatever becomes of this
 */
export async function annotateAction(
  deed: ObjectAction,
  { kind, namespace, name }: ObjectRef
): Promise<string | undefined> {
  try {
    await lastValueFrom(
      getBackendSrv().fetch({
        url: '/api/annotations',
        method: 'POST',
        data: {
          time: Date.now(),
          text: `Sedna Ops: ${VERBS[deed]} ${kind} ${namespace}/${name}`,
          tags: ['sedna-ops', deed, `kind:${kind}`, `namespace:${namespace}`, `name:${name}`],
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
