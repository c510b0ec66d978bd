import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { KubeConfig } from '@kubernetes/client-node';

/** Response of the API server. */
export interface ApiResponse {
  status: number;
  body: string;
}

/** Response with a status that isn't 2xx. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    request: string,
    body: string
  ) {
    super(`${request}: HTTP ${status}: ${body.slice(0, 500)}`);
  }
}

/** Minimal HTTP client for a Kubernetes API, which reuses connections for thousands of small writes. */
export class ApiClient {
  private readonly agent: Agent;
  private readonly server: URL;
  private readonly headers: Record<string, string> = {};

  /** @throws if the kubeconfig file is missing or has no current cluster */
  constructor(kubeconfig: string) {
    const config = new KubeConfig();
    config.loadFromFile(kubeconfig);
    const [cluster, user] = [config.getCurrentCluster(), config.getCurrentUser()];
    if (!cluster) {
      throw new Error(`${kubeconfig} has no current cluster. Set current-context.`);
    }
    const read = (file?: string, data?: string) =>
      data ? Buffer.from(data, 'base64') : file ? readFileSync(file) : undefined;
    this.server = new URL(cluster.server);
    this.agent = new Agent({
      keepAlive: true,
      maxSockets: 16,
      ca: read(cluster.caFile, cluster.caData),
      cert: read(user?.certFile, user?.certData),
      key: read(user?.keyFile, user?.keyData),
      rejectUnauthorized: !cluster.skipTLSVerify,
    });
    if (user?.token) {
      this.headers.authorization = `Bearer ${user.token}`;
    }
  }

  /** Sends a request and resolves with any status. */
  send(method: string, path: string, body?: unknown, contentType = 'application/json'): Promise<ApiResponse> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const call = request(
        {
          agent: this.agent,
          hostname: this.server.hostname,
          port: this.server.port,
          path,
          method,
          headers: {
            ...this.headers,
            ...(text ? { 'content-type': contentType, 'content-length': Buffer.byteLength(text) } : {}),
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() })
          );
        }
      );
      call.on('error', reject);
      call.end(text);
    });
  }

  /** Sends a request. @throws ApiError if the status isn't 2xx */
  async expect(method: string, path: string, body?: unknown, contentType?: string): Promise<ApiResponse> {
    const response = await this.send(method, path, body, contentType);
    if (response.status >= 300) {
      throw new ApiError(response.status, `${method} ${path}`, response.body);
    }
    return response;
  }

  close(): void {
    this.agent.destroy();
  }
}
