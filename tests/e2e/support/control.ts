/** Stops, starts, and fills the servers of the tested stack: the runner's own, or those of Docker Compose. */
import { execFileSync } from 'node:child_process';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { AppendedLines, ManyLines, Needle } from '../../bench/manyLines';

export type Server = 'prometheus' | 'loki';

/** URL of the runner's control server; undefined if the runner did not start the stack. */
const controlUrl = process.env.SEDNA_CONTROL_URL;

export function canStopServers(): boolean {
  try {
    return Boolean(controlUrl) || execFileSync('docker', ['compose', 'ps', '--quiet'], { stdio: 'pipe' }).length > 0;
  } catch {
    return false;
  }
}

/** The built-in `fetch` gives up after five minutes, and filling Loki takes longer. */
function post(path: string, body: object): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request(`${controlUrl}${path}`, { method: 'POST' }, async (response) => {
      const content = await text(response);
      if (response.statusCode === 200) {
        resolve(content);
      } else {
        reject(new Error(`could not ${path.slice(1)} ${JSON.stringify(body)}: ${content}`));
      }
    });
    sent.once('error', reject).end(JSON.stringify(body));
  });
}

/** Resolves when the server has exited. */
export async function stopServer(server: Server): Promise<void> {
  if (controlUrl) {
    await post('/stop', { server });
  } else {
    execFileSync('docker', ['compose', 'stop', server], { stdio: 'inherit' });
  }
}

/** Resolves when the server is ready. */
export async function startServer(server: Server): Promise<void> {
  if (controlUrl) {
    await post('/start', { server });
  } else {
    execFileSync('docker', ['compose', 'up', '--wait', server], { stdio: 'inherit' });
  }
}

/** Whether tests can write log files and Prometheus blocks, and start servers: only on the runner's own stack. */
export const isNativeStack = (): boolean => Boolean(controlUrl);

/** Has a collector ship many log lines; resolves when Loki has all of them. A second call returns the first result. */
export const fillLogs = async (size: ManyLines): Promise<Needle> =>
  JSON.parse(await post('/fill-logs', size)) as Needle;

/** Appends lines to the log of a pod, by default of one that `fillLogs` created. */
export const appendLogs = async (lines: AppendedLines): Promise<void> => {
  await post('/append-lines', lines);
};

/** Adds the metrics of tests/bench/manyMetrics.ts to Prometheus. A second call does nothing. */
export const fillMetrics = async (): Promise<void> => {
  await post('/fill-metrics', {});
};

/** Starts a second Grafana on the same stack; it runs until all tests have ended. */
export const startFreshGrafana = async (): Promise<{ url: string; logFile: string }> =>
  JSON.parse(await post('/fresh-grafana', {})) as { url: string; logFile: string };
