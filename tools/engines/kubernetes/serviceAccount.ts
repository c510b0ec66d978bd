import { CoreV1Api, type KubeConfig } from '@kubernetes/client-node';

/** Returns a token of a service account. The API server under test has no controller that fills token Secrets. */
export async function createServiceAccountToken(admin: KubeConfig, namespace: string, name: string): Promise<string> {
  const { status } = await admin.makeApiClient(CoreV1Api).createNamespacedServiceAccountToken({
    namespace,
    name,
    body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { audiences: [] } },
  });
  if (!status?.token) {
    throw new Error(`The API server returned no token for the service account ${namespace}/${name}`);
  }
  return status.token;
}
