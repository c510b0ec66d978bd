import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import type { ClusterCredentials } from './credentials';

/** Reads from a Kubernetes API. */
export interface ApiClient {
  /**
   * Sends a GET request and resolves with the response for any status code, before its body is read.
   * @param path path and query
   * @throws if there is no response or the signal aborts
   */
  get(path: string, signal: AbortSignal): Promise<IncomingMessage>;
}

/**
 * Creates a client for the cluster of a kubeconfig or service account. Lists and watches are implemented here because
 * the watch of @kubernetes/client-node skips unparsable lines silently and ends after 30 s without an event.
 * @throws if a kubeconfig is unreadable or has no current cluster; the message has its path
 */
export async function createApiClient(access: ClusterCredentials): Promise<ApiClient> {
  // Imported lazily because the library is large and the worker thread and runs without a cluster don't need it. A file
  // of its own lets esbuild drop the unused parts.
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
