import { accessSync, constants } from 'node:fs';

/** How the cluster is reached: kubeconfig files, or the service account of the pod that this runs in. */
export type ClusterAccess = { kubeconfig: readonly string[] } | 'service-account';

const TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount/token';

/**
 * Reads KUBECONFIG (one path, or several as kubectl takes them), else looks for a service account.
 * @param tokenFile where Kubernetes puts the token of a service account
 * @returns undefined where there is neither: outside of a cluster, or in a pod that mounts no token
 */
export function findClusterAccess(
  env: Readonly<Record<string, string | undefined>>,
  tokenFile = TOKEN
): ClusterAccess | undefined {
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
