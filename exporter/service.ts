import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { connect } from './cluster/api';
import { ClusterSource } from './cluster/source';
import { KnowledgeBaseSource } from './knowledgeBase/source';
import { SelfMetrics } from './selfMetrics';
import type { ExporterConfig } from './config';

export interface Service {
  /** Address that it listens on, without a slash at the end. */
  url: string;
  /** Stops listening, lets running requests end within a second, ends the reading thread. */
  close(): Promise<void>;
}

/** The body in parts: of a large one each is made when the one before is sent. */
type Answer = { status: number; body: Iterable<string | Uint8Array>; type?: string };

const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

const KEEP_ALIVE_MS = 120_000;

const NO_SOURCE =
  'no source is set: SEDNA_KNOWLEDGE_BASE is empty, KUBECONFIG is empty, and there is no service account';

/** Where series come from. Both are optional; with neither the exporter tells about itself alone. */
interface Sources {
  knowledgeBase?: KnowledgeBaseSource;
  cluster?: ClusterSource;
}

/**
 * Starts the exporter: /metrics, /healthz (200 while it runs) and /readyz (200 once a source has values).
 * @param workerScript script that calls `runWorker` in a worker thread
 * @throws when the address is taken, or a kubeconfig cannot be read
 */
export async function startService(
  config: ExporterConfig,
  workerScript: string,
  log: (line: string) => void
): Promise<Service> {
  const metrics = new SelfMetrics();
  const api = config.cluster && (await connect(config.cluster));
  const sources: Sources = {
    knowledgeBase:
      config.knowledgeBase === undefined
        ? undefined
        : new KnowledgeBaseSource({
            file: config.knowledgeBase,
            customMetricNames: config.customMetricNames,
            workerScript,
            metrics,
            log,
          }),
    cluster: api && new ClusterSource({ api, metrics, log }),
  };
  if (!sources.knowledgeBase && !sources.cluster) {
    log(NO_SOURCE);
  }

  const routes: Readonly<Record<string, () => Promise<Answer>>> = {
    '/healthz': async () => ({ status: 200, body: ['ok\n'] }),
    '/readyz': () => readiness(sources),
    '/metrics': async () => {
      const knowledgeBase = await sources.knowledgeBase?.collect();
      const cluster = sources.cluster?.collect() ?? [];
      const self = await metrics.text();
      const body = (function* () {
        yield self;
        yield* cluster;
        yield knowledgeBase ?? '';
      })();
      return { status: 200, body, type: METRICS_TYPE };
    },
  };

  const server = createServer((request, response) => void handle(routes, request, response, log));
  // Longer than a scrape interval, so that a scrape does not meet a connection that is just being closed.
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  const closeSources = () => Promise.all([sources.knowledgeBase?.close(), sources.cluster?.close()]);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.port, config.host, resolve);
  }).catch(async (error) => {
    await closeSources();
    throw error;
  });
  void sources.knowledgeBase?.collect();

  const { port } = server.address() as AddressInfo;
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  return {
    url: `http://${host}:${port}`,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      const force = setTimeout(() => server.closeAllConnections(), 1_000);
      await closed;
      clearTimeout(force);
      await closeSources();
    },
  };
}

/** Ready with the first source that has values; the body says how it is with each. */
async function readiness({ knowledgeBase, cluster }: Sources): Promise<Answer> {
  if (!cluster?.hasData) {
    await knowledgeBase?.collect();
  }
  const say = (name: string, source?: { hasData: boolean }) =>
    source ? [`${name}: ${source.hasData ? 'ok' : 'could not be read yet'}\n`] : [];
  const body = [...say('knowledge base', knowledgeBase), ...say('cluster', cluster)];
  const isReady = Boolean(knowledgeBase?.hasData || cluster?.hasData);
  return { status: isReady ? 200 : 503, body: body.length > 0 ? body : [`${NO_SOURCE}\n`] };
}

async function handle(
  routes: Readonly<Record<string, () => Promise<Answer>>>,
  request: IncomingMessage,
  response: ServerResponse,
  log: (line: string) => void
): Promise<void> {
  try {
    const { status, body, type } = await route(routes, request);
    response.writeHead(status, { 'content-type': type ?? 'text/plain; charset=utf-8' });
    await pipeline(request.method === 'HEAD' ? [] : body, response);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_STREAM_PREMATURE_CLOSE') {
      // Who asked has gone.
      return;
    }
    log(`request failed: ${(error as Error).stack}`);
    if (!response.headersSent) {
      response.writeHead(500);
    }
    response.end('internal error\n');
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
