import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import type { ClusterAccess } from './access';

/** Reads from a Kubernetes API. */
export interface Api {
  /**
   * Sends a GET; any status is an answer, its body is still to be read.
   * @param path with its query
   * @throws when no answer comes, or the signal aborts
   */
  get(path: string, signal: AbortSignal): Promise<IncomingMessage>;
}

/**
 * The API of the cluster that a kubeconfig or a service account names. Its lists and watches are our own: the client
 * library's watch leaves out lines that it cannot read in silence, and ends when nothing happens for 30 s.
 * @throws for a kubeconfig that cannot be read or names no cluster, with its path
 */
export async function connect(access: ClusterAccess): Promise<Api> {
  // The client library is large: neither the thread that reads the knowledge base nor a start without a cluster
  // should load it. By a file of our own, so that the bundle holds only what that file uses.
  const { loadKubeConfig } = await import('./kubeconfig');
  const { config, server } = loadKubeConfig(access);
  const request = server.startsWith('https:') ? httpsRequest : httpRequest;
  return {
    get: async (path, signal) => {
      const options: RequestOptions = {};
      await config.applyToHTTPSOptions(options);
      options.headers = { ...options.headers, accept: 'application/json' };
      options.signal = signal;
      return new Promise((resolve, reject) => {
        request(server + path, options, resolve)
          .on('error', reject)
          .end();
      });
    },
  };
}
