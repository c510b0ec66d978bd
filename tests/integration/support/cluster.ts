import type { KubeConfig, KubernetesObject } from '@kubernetes/client-node';
import {
  applyObjects,
  loadKubeconfig,
  parseObjects,
  startApiServer,
  startEtcd,
  type ApiServer,
  type ProcessGroup,
} from '../../../tools/engines';
import { sharedFile } from '../../../simulator/engine/testUtils';
import { CRD_FOLDER } from '../../../tools/projectRoot';

export interface Cluster {
  api: ApiServer;
  /** Client configuration of the administrator. */
  admin: KubeConfig;
}

interface ClusterOptions {
  stack: ProcessGroup;
  /** Folder for all data of the servers. */
  dir: string;
  /** `real` uses the original CRDs of Sedna if available. By default uses those of the demo, which accept any field. */
  crds?: 'real' | 'demo';
  /** Selects CRDs, by default all. */
  only?: (crd: KubernetesObject) => boolean;
}

/** Starts a real API server and etcd with the kinds of Sedna. */
export async function startCluster({ stack, dir, crds = 'demo', only = () => true }: ClusterOptions): Promise<Cluster> {
  const etcd = await stack.add(startEtcd({ dir }));
  const api = await stack.add(startApiServer({ dir, etcdUrl: etcd.url }));
  const admin = loadKubeconfig(api.kubeconfigs.admin);
  const real = sharedFile('sedna', 'crds');
  const folder = crds === 'real' && !real.skip ? real.file : CRD_FOLDER;
  await applyObjects(admin, parseObjects(folder).filter(only));
  return { api, admin };
}
