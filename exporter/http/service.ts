import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { createApiClient } from '../cluster/apiClient';
import { ClusterSource } from '../cluster/source';
import { JournalSource } from '../journal/source';
import { KnowledgeBaseSource } from '../knowledge-base/source';
import { SelfMetrics } from './selfMetrics';
import type { ExporterConfig } from '../config';

export interface Service {
  /** Base URL without a trailing slash. */
  url: string;
  /** Stops listening, gives open requests one second to finish, and stops all sources. */
  close(): Promise<void>;
}

/** The body in chunks: each one is rendered after the previous one has been sent. */
type RouteResponse = { status: number; body: Iterable<string | Uint8Array>; type?: string };

const METRICS_CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

const KEEP_ALIVE_MS = 120_000;

const NO_SOURCE_MESSAGE =
  'no source is configured: set SEDNA_KNOWLEDGE_BASE or KUBECONFIG, or run with a service account';

/** Sources of series. Without any, the exporter serves only its own metrics. */
interface Sources {
  knowledgeBase?: KnowledgeBaseSource;
  cluster?: ClusterSource;
}

/** Milliseconds between reads of the knowledge base for the journal. */
const KNOWLEDGE_BASE_READ_MS = 15_000;

/**
 * Starts the exporter with /metrics, /healthz (always 200), and /readyz (200 once a source has data).
 * @param workerScript script that calls `runWorker` in a worker thread
 * @throws if the address is in use or a kubeconfig is unreadable
 */
export async function startService(
  config: ExporterConfig,
  workerScript: string,
  log: (line: string) => void
): Promise<Service> {
  const metrics = new SelfMetrics();
  const api = config.cluster && (await createApiClient(config.cluster));
  const hasSource = api !== undefined || config.knowledgeBase !== undefined;
  const journal =
    config.journal && hasSource ? new JournalSource({ config: config.journal, api, metrics, log }) : undefined;
  const sources: Sources = {
    knowledgeBase:
      config.knowledgeBase === undefined
        ? undefined
        : new KnowledgeBaseSource({
            file: config.knowledgeBase,
            customMetricNaming: config.customMetricNaming,
            workerScript,
            metrics,
            log,
            ...(journal && { onRows: (rows) => journal.putKnowledgeBase(rows) }),
          }),
    cluster:
      api &&
      new ClusterSource({
        api,
        metrics,
        log,
        ...(journal && { getJournalTarget: (kind) => journal.getTarget(kind) }),
      }),
  };
  if (!sources.knowledgeBase && !sources.cluster) {
    log(NO_SOURCE_MESSAGE);
  }

  const routes: Readonly<Record<string, () => Promise<RouteResponse>>> = {
    '/healthz': async () => ({ status: 200, body: ['ok\n'] }),
    '/readyz': () => getReadiness(sources),
    '/metrics': async () => {
      const knowledgeBase = await sources.knowledgeBase?.collect();
      const cluster = sources.cluster?.collect() ?? [];
      const self = await metrics.text();
      const body = (function* () {
        yield self;
        yield* cluster;
        yield knowledgeBase ?? '';
      })();
      return { status: 200, body, type: METRICS_CONTENT_TYPE };
    },
  };

  const server = createServer((request, response) => void handleRequest(routes, request, response, log));
  // Longer than a scrape interval, so that no scrape reuses a connection that is being closed.
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  const readTimer = journal && setInterval(() => void sources.knowledgeBase?.collect(), KNOWLEDGE_BASE_READ_MS);
  const closeSources = async () => {
    clearInterval(readTimer);
    await Promise.all([sources.knowledgeBase?.close(), sources.cluster?.close()]);
    // Last, so that what the sources still saw is written.
    await journal?.close();
  };
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
      const forceTimer = setTimeout(() => server.closeAllConnections(), 1_000);
      await closed;
      clearTimeout(forceTimer);
      await closeSources();
    },
  };
}

/** Ready once any source has data. The body shows the state of each source. */
async function getReadiness({ knowledgeBase, cluster }: Sources): Promise<RouteResponse> {
  if (!cluster?.hasData) {
    await knowledgeBase?.collect();
  }
  const formatStatus = (name: string, source?: { hasData: boolean }) =>
    source ? [`${name}: ${source.hasData ? 'ok' : 'no data yet'}\n`] : [];
  const body = [...formatStatus('knowledge base', knowledgeBase), ...formatStatus('cluster', cluster)];
  const isReady = Boolean(knowledgeBase?.hasData || cluster?.hasData);
  return { status: isReady ? 200 : 503, body: body.length > 0 ? body : [`${NO_SOURCE_MESSAGE}\n`] };
}

async function handleRequest(
  routes: Readonly<Record<string, () => Promise<RouteResponse>>>,
  request: IncomingMessage,
  response: ServerResponse,
  log: (line: string) => void
): Promise<void> {
  try {
    const { status, body, type } = await dispatch(routes, request);
    response.writeHead(status, { 'content-type': type ?? 'text/plain; charset=utf-8' });
    await pipeline(request.method === 'HEAD' ? [] : body, response);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_STREAM_PREMATURE_CLOSE') {
      // The client closed the connection.
      return;
    }
    log(`request failed: ${(error as Error).stack}`);
    if (!response.headersSent) {
      response.writeHead(500);
    }
    response.end('internal error\n');
  }
}

async function dispatch(
  routes: Readonly<Record<string, () => Promise<RouteResponse>>>,
  { method, url = '/' }: IncomingMessage
): Promise<RouteResponse> {
  if (method !== 'GET' && method !== 'HEAD') {
    return { status: 405, body: ['method not allowed; use GET\n'] };
  }
  const path = url.split('?')[0];
  return Object.hasOwn(routes, path)
    ? routes[path]()
    : { status: 404, body: ['not found; try /metrics, /healthz, or /readyz\n'] };
}
