import { annotateAction, type ObjectAction } from '../../../../platform/annotateAction';
import type { ObjectRef } from '../../../../sedna/objectRef';
import { t } from '../../../../platform/i18n';

export interface ActionResult {
  text: string;
  /** Why Grafana stored no annotation; undefined if it did. */
  annotationError?: string;
}

function formatResult(action: ObjectAction, name: string): string {
  const values = { name };
  switch (action) {
    case 'delete':
      return t('object.done.delete', '{{name}} was deleted', values);
    case 'restart':
      return t('object.done.restart', '{{name}} was recreated and starts from round 1', values);
    case 'edit':
      return t('object.done.edit', '{{name}} was updated', values);
    default:
      return t('object.done.create', '{{name}} was created', values);
  }
}

/** Annotates a successful action in Grafana and returns its result. Never rejects. */
export async function recordAction(action: ObjectAction, address: ObjectRef): Promise<ActionResult> {
  return { text: formatResult(action, address.name), annotationError: await annotateAction(action, address) };
}
