/** Access to the API server in Compose: kubeconfig files, roles, and tokens. */
import { chmodSync, chownSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { KubernetesObject } from '@kubernetes/client-node';
import { parse, stringify } from 'yaml';
import { applyObjects, loadKubeconfig, parseObjects } from '../../tools/engines/kubernetes/objects';
import { EXPORTER_ROLE, KUBE_STATE_METRICS_ROLE } from '../../collection/kube-state-metrics/files';
import { ApiClient } from '../drivers/apiClient';

const NAMESPACE = 'kube-system';
/** Lifetime of tokens, which limits the run time of the demo. */
const TOKEN_SECONDS = 30 * 24 * 3600;

/** Writes a file atomically, readable by one user only. */
function writeSecret(file: string, content: string, user: number): void {
  const temporary = `${file}.new`;
  writeFileSync(temporary, content, { mode: 0o400 });
  chmodSync(temporary, 0o400);
  chownSync(temporary, user, user);
  renameSync(temporary, file);
}

interface Kubeconfig {
  clusters: Array<{ name: string; cluster: Record<string, string> }>;
}

/** Copies the kubeconfig of the administrator with the URL of the API server for other containers. */
export function writeAdminKubeconfig(from: string, to: string, server: string, user: number): void {
  const config = parse(readFileSync(from, 'utf8')) as Kubeconfig;
  for (const { cluster } of config.clusters) {
    cluster.server = server;
  }
  writeSecret(to, stringify(config, { lineWidth: 0 }), user);
}

/** Roles in rbac.yaml, one per collector. */
export type CollectorRole = typeof KUBE_STATE_METRICS_ROLE | typeof EXPORTER_ROLE;

/**
 * Creates a service account with only the role of the same name in rbac.yaml.
 * @returns its token
 */
export async function grantAccessToRole(
  role: CollectorRole,
  adminKubeconfig: string,
  rbacFile: string
): Promise<string> {
  const binding = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: role },
    subjects: [{ kind: 'ServiceAccount', name: role, namespace: NAMESPACE }],
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
  };
  await applyObjects(loadKubeconfig(adminKubeconfig), [
    ...parseObjects(rbacFile),
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: role, namespace: NAMESPACE } },
    binding as KubernetesObject,
  ]);
  const client = new ApiClient(adminKubeconfig);
  try {
    const { body } = await client.expect('POST', `/api/v1/namespaces/${NAMESPACE}/serviceaccounts/${role}/token`, {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: { expirationSeconds: TOKEN_SECONDS },
    });
    return (JSON.parse(body) as { status: { token: string } }).status.token;
  } finally {
    client.close();
  }
}

/** Writes a kubeconfig for the same cluster with a token instead of the certificate of the administrator. */
export function writeTokenKubeconfig(adminKubeconfig: string, to: string, token: string, user: number): void {
  const { clusters } = parse(readFileSync(adminKubeconfig, 'utf8')) as Kubeconfig;
  const content = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters,
    users: [{ name: 'token', user: { token } }],
    contexts: [{ name: 'token', context: { cluster: clusters[0].name, user: 'token' } }],
    'current-context': 'token',
  };
  writeSecret(to, stringify(content, { lineWidth: 0 }), user);
}
