/** Stops and starts servers of the stack under test, however it was started. */
import { execFileSync } from 'node:child_process';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { ManyLines, Needle } from '../bench/manyLines';

export type Server = 'prometheus' | 'loki';

export interface Control {
  /** Resolves when the server is gone. */
  stop(server: Server): Promise<void>;
  /** Resolves when the server answers again. */
  start(server: Server): Promise<void>;
}

/** The native stack listens for orders at this address. */
const address = process.env.SEDNA_CONTROL_URL;

/** Whether the servers are this runner's or those of docker-compose.yaml. */
export function canControl(): boolean {
  try {
    return Boolean(address) || execFileSync('docker', ['compose', 'ps', '--quiet'], { stdio: 'pipe' }).length > 0;
  } catch {
    return false;
  }
}

/** By hand, for the built-in `fetch` gives up after five minutes. */
function post(path: string, body: object): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request(`${address}${path}`, { method: 'POST' }, async (response) => {
      const answer = await text(response);
      if (response.statusCode === 200) {
        resolve(answer);
      } else {
        reject(new Error(`could not ${path.slice(1)} ${JSON.stringify(body)}: ${answer}`));
      }
    });
    sent.once('error', reject).end(JSON.stringify(body));
  });
}

async function order(action: 'stop' | 'start', server: Server): Promise<void> {
  if (address) {
    await post(`/${action}`, { server });
    return;
  }
  const compose = action === 'stop' ? ['stop', server] : ['up', '--wait', server];
  execFileSync('docker', ['compose', ...compose], { stdio: 'inherit' });
}

export const control: Control = {
  stop: (server) => order('stop', server),
  start: (server) => order('start', server),
};

/** Whether log files and blocks can be written where a collector and Prometheus read them: on the native stack. */
export const canWriteFiles = (): boolean => Boolean(address);

/** Lets a collector ship very many lines; resolves when Loki holds them all. */
export const fillLogs = async (size: ManyLines): Promise<Needle> =>
  JSON.parse(await post('/fill-logs', size)) as Needle;

/** Writes what a pod of the fleet says now. */
export const appendLogs = async (pod: string, texts: readonly string[]): Promise<void> => {
  await post('/append-lines', { pod, texts });
};

/** Gives Prometheus the metrics of tests/bench/manyMetrics.ts. */
export const fillMetrics = async (): Promise<void> => {
  await post('/fill-metrics', {});
};

/** Starts another Grafana beside the one under test, on the same stack; it ends with the run. */
export const freshGrafana = async (): Promise<{ url: string; logFile: string }> =>
  JSON.parse(await post('/fresh-grafana', {})) as { url: string; logFile: string };
