import { t } from '@grafana/i18n';
import { annotateAction, type ObjectAction } from '../../../platform/annotateAction';
import type { KubernetesObjectRef } from '../../../kubernetes';

/** What became of a deed. */
export interface Done {
  text: string;
  /** Why there is no annotation for it; absent where there is one. */
  notAnnotated?: string;
}

function textOf(deed: ObjectAction, name: string): string {
  switch (deed) {
    case 'delete':
      return t('object.done.delete', '{{name}} is deleted.', { name });
    case 'restart':
      return t('object.done.restart', '{{name}} is made anew and starts with round one.', { name });
    case 'edit':
      return t('object.done.edit', '{{name}} is changed.', { name });
    default:
      return t('object.done.create', '{{name}} is created.', { name });
  }
}

/** Notes a deed on Grafana's time line and tells what became of it. */
export async function noteDone(deed: ObjectAction, address: KubernetesObjectRef): Promise<Done> {
  return { text: textOf(deed, address.name), notAnnotated: await annotateAction(deed, address) };
}
