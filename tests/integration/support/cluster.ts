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
  /** Client configuration of an administrator. */
  admin: KubeConfig;
}

interface ClusterOptions {
  stack: ProcessGroup;
  /** Folder for what the engines write. */
  dir: string;
  /** Sedna's own CRDs where they are there, else, and unless told, those of the demo, which take more. */
  crds?: 'real' | 'demo';
  /** Which of the CRDs; all unless told. */
  only?: (crd: KubernetesObject) => boolean;
}

/** Starts a real API server on a real etcd, with Sedna's kinds. */
export async function startCluster({ stack, dir, crds = 'demo', only = () => true }: ClusterOptions): Promise<Cluster> {
  const etcd = await stack.add(startEtcd({ dir }));
  const api = await stack.add(startApiServer({ dir, etcdUrl: etcd.url }));
  const admin = loadKubeconfig(api.kubeconfigs.admin);
  const real = sharedFile('sedna', 'crds');
  const folder = crds === 'real' && !real.skip ? real.file : CRD_FOLDER;
  await applyObjects(admin, parseObjects(folder).filter(only));
  return { api, admin };
}
