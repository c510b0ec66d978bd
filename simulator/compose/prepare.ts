/**
 * Service `prepare` in docker-compose.yaml: prepares the cluster and the volumes for the other services, and exits.
 *
 * The API server stores its data in memory, so each start of Compose has a new cluster. A cluster without the marker is
 * new: metrics and logs of an earlier simulation wouldn't match it, so all volumes are emptied. With the marker nothing
 * changes, because Compose runs this service again whenever it starts another one.
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

/** Servers that break if their volumes are emptied while they run. */
const SERVERS_WITH_VOLUMES = ['SEDNA_PROMETHEUS_URL', 'SEDNA_LOKI_URL'];

/** @throws if a server still runs with the data of another cluster */
async function assertServersStopped(env: Environment): Promise<void> {
  for (const name of SERVERS_WITH_VOLUMES) {
    const url = getRequired(env, name);
    const isRunning = await fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
      () => true,
      () => false
    );
    if (isRunning) {
      throw new Error(
        `The cluster is new, but ${url} still serves data of an old one. Run "docker compose down" first.`
      );
    }
  }
}

/** Empties folders and sets their owners. Doesn't delete the folders themselves, because they are mount points. */
function emptyFolders(folders: readonly OwnedFolder[]): void {
  for (const { folder, user } of folders) {
    mkdirSync(folder, { recursive: true });
    for (const name of readdirSync(folder)) {
      rmSync(path.join(folder, name), { recursive: true, force: true });
    }
    chownSync(folder, user, user);
  }
}

/** Creates a log folder per node, so that no collector starts with a missing folder. */
function createLogFolders({ folder, user }: OwnedFolder): void {
  for (const { name } of NODES) {
    const pods = path.join(folder, name, 'pods');
    mkdirSync(pods, { recursive: true });
    chownSync(path.dirname(pods), user, user);
    chownSync(pods, user, user);
  }
}

/** Prepares a new cluster once. */
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
      log('The cluster is already prepared.');
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
    // Last, so that a failed run starts over.
    await client.expect('POST', CONFIG_MAPS_PATH, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: MARKER_NAME },
    });
    log(
      'Prepared a new cluster: emptied the volumes, and created the kinds of Sedna and the access for kube-state-metrics and the exporter.'
    );
  } finally {
    client.close();
  }
}
