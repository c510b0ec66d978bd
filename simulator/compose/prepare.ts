/**
 * The service `prepare` of docker-compose.yaml: makes ready what the others need, then ends.
 *
 * It decides what a second `docker compose up` means. The API server keeps its data in memory, so a cluster without
 * this program's mark is a new one: then all volumes are emptied, for metrics and logs of an earlier story would not
 * fit the new one. With the mark (Compose runs it again whenever another service is started) it changes nothing.
 */
import { chownSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ApiClient } from '../drivers/apiClient';
import { ApiDriver } from '../drivers';
import { NODES } from '../engine/nodes';
import { NAMESPACES } from '../engine/world';
import { EXPORTER_ROLE, KUBE_STATE_METRICS_ROLE } from '../../collection/kube-state-metrics/files';
import { waitFor } from '../../tools/engines/wait';
import { grantAccessToRole, writeAdminKubeconfig, writeTokenKubeconfig } from './access';
import { getOwnedFolders, getRequired, log, type Environment, type OwnedFolder } from './settings';

const CONFIG_MAPS_PATH = '/api/v1/namespaces/kube-system/configmaps';
const MARKER_NAME = 'sedna-ops-demo';

/** What keeps its files open: emptying the volumes below it would break it. */
const SERVERS_WITH_VOLUMES = ['SEDNA_PROMETHEUS_URL', 'SEDNA_LOKI_URL'];

/** @throws when a server runs on the data of another cluster */
async function assertServersStopped(env: Environment): Promise<void> {
  for (const name of SERVERS_WITH_VOLUMES) {
    const url = getRequired(env, name);
    const isRunning = await fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
      () => true,
      () => false
    );
    if (isRunning) {
      throw new Error(`the cluster is new, but ${url} runs on the data of an old one: first "docker compose down"`);
    }
  }
}

/** Empties the folders (they are mount points, so they themselves stay) and gives each to the user who writes there. */
function emptyFolders(folders: readonly OwnedFolder[]): void {
  for (const { folder, user } of folders) {
    mkdirSync(folder, { recursive: true });
    for (const name of readdirSync(folder)) {
      rmSync(path.join(folder, name), { recursive: true, force: true });
    }
    chownSync(folder, user, user);
  }
}

/** One log folder for each node, so that no collector begins with a folder that is missing. */
function createLogFolders({ folder, user }: OwnedFolder): void {
  for (const { name } of NODES) {
    const pods = path.join(folder, name, 'pods');
    mkdirSync(pods, { recursive: true });
    chownSync(path.dirname(pods), user, user);
    chownSync(pods, user, user);
  }
}

/** Makes everything ready, once for each new cluster. */
export async function prepare(env: Environment): Promise<void> {
  const [access] = getOwnedFolders(env, 'SEDNA_ACCESS');
  const [logs] = getOwnedFolders(env, 'SEDNA_LOG_ROOT');
  const [kubeStateMetrics] = getOwnedFolders(env, 'SEDNA_KUBE_STATE_METRICS_ACCESS');
  const [exporter] = getOwnedFolders(env, 'SEDNA_EXPORTER_ACCESS');
  const fromApiServer = getRequired(env, 'SEDNA_API_SERVER_KUBECONFIG');
  const admin = path.join(access.folder, 'kubeconfig.yaml');

  writeAdminKubeconfig(fromApiServer, admin, getRequired(env, 'SEDNA_API_SERVER_URL'), access.user);
  const client = new ApiClient(admin);
  try {
    await waitFor('the API server', async () => (await client.send('GET', '/readyz')).status === 200, {
      timeoutMs: 60_000,
    });
    if ((await client.send('GET', `${CONFIG_MAPS_PATH}/${MARKER_NAME}`)).status === 200) {
      log('The cluster is prepared already.');
      return;
    }
    await assertServersStopped(env);
    emptyFolders([logs, kubeStateMetrics, exporter, ...getOwnedFolders(env, 'SEDNA_FOLDERS')]);
    createLogFolders(logs);

    const api = new ApiDriver(admin);
    await api.prepare(NAMESPACES).finally(() => api.close());
    for (const [role, { folder, user }] of [
      [KUBE_STATE_METRICS_ROLE, kubeStateMetrics],
      [EXPORTER_ROLE, exporter],
    ] as const) {
      const token = await grantAccessToRole(role, admin, getRequired(env, 'SEDNA_RBAC_FILE'));
      writeTokenKubeconfig(admin, path.join(folder, 'kubeconfig.yaml'), token, user);
    }
    // Last, so that a run that failed half way is done again from its beginning.
    await client.expect('POST', CONFIG_MAPS_PATH, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: MARKER_NAME },
    });
    log('A new cluster: volumes emptied, Sedna kinds and access for kube-state-metrics and the exporter made.');
  } finally {
    client.close();
  }
}
