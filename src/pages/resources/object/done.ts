import { t } from '@grafana/i18n';
import { annotate, type Deed } from '../../../app/annotate';
import type { ObjectAddress } from '../../../kubernetes';

/** What became of a deed. */
export interface Done {
  text: string;
  /** Why there is no annotation for it; absent where there is one. */
  notAnnotated?: string;
}

function textOf(deed: Deed, name: string): string {
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
export async function noteDone(deed: Deed, address: ObjectAddress): Promise<Done> {
  return { text: textOf(deed, address.name), notAnnotated: await annotate(deed, address) };
}
