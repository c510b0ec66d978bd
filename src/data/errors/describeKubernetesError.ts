/** What went wrong with a call to the Kubernetes API, in words that say what to do. */
import { t } from '@grafana/i18n';
import type { ApiErrorDetails } from '../../kubernetes';

/** A title and what to do. */
export function describeKubernetesError({ kind }: Pick<ApiErrorDetails, 'kind'>): { title: string; action: string } {
  switch (kind) {
    case 'refused-by-grafana':
      return {
        title: t('kubernetes.refused-by-grafana.title', 'Grafana does not let you'),
        action: t(
          'kubernetes.refused-by-grafana.action',
          'Your role lacks the permission for this. An administrator of Grafana can grant it.'
        ),
      };
    case 'refused-by-kubernetes':
      return {
        title: t('kubernetes.refused-by-kubernetes.title', 'Kubernetes does not let this connection'),
        action: t(
          'kubernetes.refused-by-kubernetes.action',
          'The service account of the token lacks this permission. Apply the manifest that the configuration page shows.'
        ),
      };
    case 'token-refused':
      return {
        title: t('kubernetes.token-refused.title', 'Kubernetes does not accept the token'),
        action: t(
          'kubernetes.token-refused.action',
          'It is missing, wrong or expired. Set it again on the configuration page.'
        ),
      };
    case 'not-found':
      return {
        title: t('kubernetes.not-found.title', 'There is no such object now'),
        action: t('kubernetes.not-found.action', 'It was deleted, or never created in this namespace.'),
      };
    case 'kind-not-served':
      return {
        title: t('kubernetes.kind-not-served.title', 'This cluster does not know the kind'),
        action: t('kubernetes.kind-not-served.action', "Sedna's definition (CRD) of it is not installed."),
      };
    case 'conflict':
      return {
        title: t('kubernetes.conflict.title', 'The object is not what it was'),
        action: t(
          'kubernetes.conflict.action',
          'It exists already, or was made anew or changed meanwhile. Refresh, then decide again.'
        ),
      };
    case 'invalid':
      return {
        title: t('kubernetes.invalid.title', 'Kubernetes refuses the object as it is written'),
        action: t('kubernetes.invalid.action', 'Correct what is named below, then try again.'),
      };
    case 'unreachable':
      return {
        title: t('kubernetes.unreachable.title', 'Grafana does not reach the Kubernetes API'),
        action: t(
          'kubernetes.unreachable.action',
          "The address may be wrong, the server away, or its certificate's authority unknown to Grafana (SSL_CERT_FILE)."
        ),
      };
    case 'still-there':
      return {
        title: t('kubernetes.still-there.title', 'The object is still there'),
        action: t(
          'kubernetes.still-there.action',
          'It is marked as deleted, but something holds it: its finalizers, or the owner of one of its pods.'
        ),
      };
    default:
      return {
        title: t('kubernetes.other.title', 'That did not work'),
        action: t('kubernetes.other.action', 'What was answered is below.'),
      };
  }
}
