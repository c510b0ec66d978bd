import type { ApiErrorDetails } from '../../kubernetes';
import { t } from '../../platform/i18n';

/** Returns a title and advice for a failed call of the Kubernetes API. */
export function describeKubernetesError({ kind }: Pick<ApiErrorDetails, 'kind'>): { title: string; action: string } {
  switch (kind) {
    case 'refused-by-grafana':
      return {
        title: t('kubernetes.refused-by-grafana.title', 'Your Grafana role lacks permission'),
        action: t('kubernetes.refused-by-grafana.action', 'Ask a Grafana administrator to grant it'),
      };
    case 'refused-by-kubernetes':
      return {
        title: t('kubernetes.refused-by-kubernetes.title', 'The Kubernetes connection lacks permission'),
        action: t(
          'kubernetes.refused-by-kubernetes.action',
          'The service account of the token is not allowed to do this. Apply the manifest from the configuration page.'
        ),
      };
    case 'token-refused':
      return {
        title: t('kubernetes.token-refused.title', 'Kubernetes rejected the token'),
        action: t(
          'kubernetes.token-refused.action',
          'The token is missing, wrong, or expired. Set it again on the configuration page.'
        ),
      };
    case 'not-found':
      return {
        title: t('kubernetes.not-found.title', 'Object not found'),
        action: t('kubernetes.not-found.action', 'It was deleted, or never existed in this namespace'),
      };
    case 'kind-not-served':
      return {
        title: t('kubernetes.kind-not-served.title', "The cluster doesn't have this kind"),
        action: t('kubernetes.kind-not-served.action', "Install Sedna's custom resource definition (CRD) of this kind"),
      };
    case 'conflict':
      return {
        title: t('kubernetes.conflict.title', 'The object has changed'),
        action: t(
          'kubernetes.conflict.action',
          'It was created, recreated, or changed in the meantime. Refresh, then try again.'
        ),
      };
    case 'invalid':
      return {
        title: t('kubernetes.invalid.title', 'Kubernetes rejected the object'),
        action: t('kubernetes.invalid.action', 'Correct the fields below, then try again'),
      };
    case 'unreachable':
      return {
        title: t('kubernetes.unreachable.title', "Can't reach the Kubernetes API"),
        action: t(
          'kubernetes.unreachable.action',
          'Check the URL, that the server runs, and that Grafana trusts its certificate authority (SSL_CERT_FILE)'
        ),
      };
    case 'still-there':
      return {
        title: t('kubernetes.still-there.title', 'The object still exists'),
        action: t(
          'kubernetes.still-there.action',
          'It is marked for deletion, but its finalizers or another owner of its pods block it'
        ),
      };
    default:
      return {
        title: t('kubernetes.other.title', 'Request failed'),
        action: t('kubernetes.other.action', 'The server response is below'),
      };
  }
}
