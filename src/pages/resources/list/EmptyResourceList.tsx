import React from 'react';
import { EmptyState } from '../../../ui/feedback/EmptyState';
import { t } from '../../../platform/i18n';

/**
 * Explains why Prometheus may have no object.
 * @param kind empty for all kinds
 */
export function EmptyResourceList({ kind }: { kind: string }) {
  return kind === '' ? (
    <EmptyState title={t('resources.none.any-title', 'No Sedna resources found')}>
      {t(
        'resources.none.any-text',
        'Prometheus has no metrics of Sedna resources. Create a resource, or check that kube-state-metrics runs with the Sedna configuration and Prometheus scrapes it.'
      )}
    </EmptyState>
  ) : (
    <EmptyState title={t('resources.none.title', 'No {{kind}} found', { kind })}>
      {t(
        'resources.none.text',
        'Prometheus has no metrics of this kind. Create a resource of this kind, or check that kube-state-metrics runs with the Sedna configuration.'
      )}
    </EmptyState>
  );
}

/** Says that the filters exclude all of `total` objects. */
export function NoResourcesMatch({ total }: { total: number }) {
  return (
    <EmptyState title={t('resources.no-match.title', 'No resources match')}>
      {t('resources.no-match.text', 'Clear filters to see all {{count}} resources', {
        count: total,
        defaultValue_one: 'Clear filters to see {{count}} resource',
      })}
    </EmptyState>
  );
}
