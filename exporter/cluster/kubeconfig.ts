import { KubeConfig } from '@kubernetes/client-node';
import type { ClusterAccess } from './access';

/**
 * The client library's configuration and the address of the API server, with its authentication: tokens that are
 * renewed in their file, certificates, credential plugins, proxies.
 * @throws for a kubeconfig that cannot be read or names no cluster, with its path
 */
export function loadKubeConfig(access: ClusterAccess): { config: KubeConfig; server: string } {
  const config = new KubeConfig();
  if (access === 'service-account') {
    config.loadFromCluster();
  } else {
    access.kubeconfig.forEach((file) => config.mergeConfig(loadFile(file)));
  }
  const server = config.getCurrentCluster()?.server;
  if (!server || !/^https?:\/\//.test(server)) {
    const files = access === 'service-account' ? 'the service account' : access.kubeconfig.join(':');
    throw new Error(`KUBECONFIG: ${files} names no current cluster with an http or https server; set current-context`);
  }
  return { config, server: server.replace(/\/+$/, '') };
}

function loadFile(file: string): KubeConfig {
  const config = new KubeConfig();
  try {
    config.loadFromFile(file);
    return config;
  } catch (error) {
    // The first line only: what follows in a YAML error is a piece of the file, which holds secrets.
    const [reason] = (error as Error).message.split('\n');
    throw new Error(`KUBECONFIG: ${file} cannot be read: ${reason}`, { cause: error });
  }
}
