import { accessSync, constants } from 'node:fs';

/** Credentials for the cluster: kubeconfig files, or the service account of the exporter's own pod. */
export type ClusterCredentials = { kubeconfig: readonly string[] } | 'service-account';

const TOKEN_FILE = '/var/run/secrets/kubernetes.io/serviceaccount/token';

/**
 * Returns the paths in KUBECONFIG (separated by colons, as for kubectl), or else the service account of the pod.
 * @param tokenFile path at which Kubernetes mounts the token of the service account
 * @returns undefined outside a cluster and in a pod without a mounted token
 */
export function findClusterCredentials(
  env: Readonly<Record<string, string | undefined>>,
  tokenFile = TOKEN_FILE
): ClusterCredentials | undefined {
  const kubeconfig = (env.KUBECONFIG ?? '').split(':').filter(Boolean);
  if (kubeconfig.length > 0) {
    return { kubeconfig };
  }
  return env.KUBERNETES_SERVICE_HOST && isReadable(tokenFile) ? 'service-account' : undefined;
}

function isReadable(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
