import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { KnowledgeBaseSource } from './knowledgeBase/source';
import { SelfMetrics } from './selfMetrics';
import type { ExporterConfig } from './config';

export interface Service {
  /** Address that it listens on, without a slash at the end. */
  url: string;
  /** Stops listening, lets running requests end within a second, ends the reading thread. */
  close(): Promise<void>;
}

/** The body in parts, so that a large one is not copied. */
type Answer = { status: number; body: Array<string | Uint8Array>; type?: string };

const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/**
 * Starts the exporter: /metrics, /healthz (200 while it runs) and /readyz (200 once it has values).
 * @param workerScript script that calls `runWorker` in a worker thread
 * @throws when the address is taken
 */
export async function startService(
  config: ExporterConfig,
  workerScript: string,
  log: (line: string) => void
): Promise<Service> {
  const metrics = new SelfMetrics();
  const source =
    config.knowledgeBase === undefined
      ? undefined
      : new KnowledgeBaseSource({
          file: config.knowledgeBase,
          customMetricNames: config.customMetricNames,
          workerScript,
          metrics,
          log,
        });

  const routes: Readonly<Record<string, () => Promise<Answer>>> = {
    '/healthz': async () => ({ status: 200, body: ['ok\n'] }),
    '/readyz': async () => {
      await source?.collect();
      const missing = source ? 'no source could be read yet' : 'no source is set: SEDNA_KNOWLEDGE_BASE is empty';
      return source?.hasData ? { status: 200, body: ['ok\n'] } : { status: 503, body: [`${missing}\n`] };
    },
    '/metrics': async () => {
      const series = await source?.collect();
      const self = await metrics.text();
      return { status: 200, body: series ? [self, series] : [self], type: METRICS_TYPE };
    },
  };

  const server = createServer((request, response) => void handle(routes, request, response, log));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.port, config.host, resolve);
  });
  void source?.collect();

  const { port } = server.address() as AddressInfo;
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  return {
    url: `http://${host}:${port}`,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      const force = setTimeout(() => server.closeAllConnections(), 1_000);
      await closed;
      clearTimeout(force);
      await source?.close();
    },
  };
}

async function handle(
  routes: Readonly<Record<string, () => Promise<Answer>>>,
  request: IncomingMessage,
  response: ServerResponse,
  log: (line: string) => void
): Promise<void> {
  try {
    const { status, body, type } = await route(routes, request);
    const length = body.reduce((sum, part) => sum + Buffer.byteLength(part), 0);
    response.writeHead(status, { 'content-type': type ?? 'text/plain; charset=utf-8', 'content-length': length });
    if (request.method !== 'HEAD') {
      body.forEach((part) => response.write(part));
    }
    response.end();
  } catch (error) {
    log(`request failed: ${(error as Error).stack}`);
    response.writeHead(500).end('internal error\n');
  }
}

async function route(
  routes: Readonly<Record<string, () => Promise<Answer>>>,
  { method, url = '/' }: IncomingMessage
): Promise<Answer> {
  if (method !== 'GET' && method !== 'HEAD') {
    return { status: 405, body: ['only GET\n'] };
  }
  const path = url.split('?')[0];
  return Object.hasOwn(routes, path) ? routes[path]() : { status: 404, body: ['/metrics, /healthz, /readyz\n'] };
}
