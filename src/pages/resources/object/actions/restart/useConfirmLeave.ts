import { useEffect } from 'react';
import { locationService } from '@grafana/runtime';
import { t } from '../../../../../platform/i18n';

/** While active, asks the user to confirm before they leave for another site or another page of Grafana. */
export function useConfirmLeave(active: boolean, name: string): void {
  useEffect(() => {
    if (!active) {
      return undefined;
    }
    const preventUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', preventUnload);
    const question = t(
      'object.restart.leave',
      "{{name}} isn't recreated yet, and only this page has its manifest. Leave the page?",
      { name }
    );
    const unblock = locationService.getHistory().block(() => (window.confirm(question) ? undefined : false));
    return () => {
      window.removeEventListener('beforeunload', preventUnload);
      unblock();
    };
  }, [active, name]);
}
