import { KubeConfig } from '@kubernetes/client-node';
import type { ClusterCredentials } from './credentials';

/**
 * Loads the configuration with authentication (renewed token files, certificates, credential plugins, proxies) and
 * returns it with the address of the API server.
 * @throws if a kubeconfig is unreadable or has no current cluster; the message has its path
 */
export function loadKubeConfig(access: ClusterCredentials): { config: KubeConfig; server: string } {
  const config = new KubeConfig();
  if (access === 'service-account') {
    config.loadFromCluster();
  } else {
    access.kubeconfig.forEach((file) => config.mergeConfig(loadFile(file)));
  }
  const server = config.getCurrentCluster()?.server;
  if (!server || !/^https?:\/\//.test(server)) {
    const files = access === 'service-account' ? 'the service account' : access.kubeconfig.join(':');
    throw new Error(`KUBECONFIG: ${files} has no current cluster with an http or https server; set current-context`);
  }
  return { config, server: server.replace(/\/+$/, '') };
}

function loadFile(file: string): KubeConfig {
  const config = new KubeConfig();
  try {
    config.loadFromFile(file);
    return config;
  } catch (error) {
    // Only the first line: the rest of a YAML error quotes the file, which holds secrets.
    const [reason] = (error as Error).message.split('\n');
    throw new Error(`KUBECONFIG: ${file} cannot be read: ${reason}`, { cause: error });
  }
}
