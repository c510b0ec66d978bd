import { CoreV1Api, type KubeConfig } from '@kubernetes/client-node';

/** A token as a pod of this service account would have it; the API server under test fills no token Secrets. */
export async function createServiceAccountToken(admin: KubeConfig, namespace: string, name: string): Promise<string> {
  const { status } = await admin.makeApiClient(CoreV1Api).createNamespacedServiceAccountToken({
    namespace,
    name,
    body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { audiences: [] } },
  });
  if (!status?.token) {
    throw new Error(`${namespace}/${name}: the API server made no token`);
  }
  return status.token;
}
