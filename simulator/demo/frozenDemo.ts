/** Shows a recording at one of its moments: all before it as history, and the browser's clock set to it. */
import path from 'node:path';
import { ProcessGroup, type ManagedProcess } from '../../tools/engines';
import { startGrafana, type GrafanaHome } from '../../tools/engines/grafana';
import { writePublicFolder } from '../../tools/dev/frozenClock';
import type { Recording } from '../recording/recording';
import { startReplay } from '../recording/replay';

export interface FrozenDemoOptions {
  recording: Recording;
  /** Milliseconds since the epoch. */
  at: number;
  /** Folder for all data. Its content is deleted first. */
  dir: string;
  grafana: GrafanaHome;
  /** Loopback port of Grafana. */
  port: number;
  /** Called with a line of progress for each step. */
  log?: (line: string) => void;
}

/**
 * Parses the moment at which a recording is shown.
 * @param text `end`, or an RFC 3339 time
 * @throws if it isn't a time within the recording
 */
export function parseMoment(text: string, { from, to }: Pick<Recording, 'from' | 'to'>): number {
  const at = text === 'end' ? to : Date.parse(text);
  if (!(at >= from && at <= to)) {
    const [first, last] = [from, to].map((time) => new Date(time).toISOString());
    throw new Error(`AT must be "end", or a time from ${first} to ${last}, not "${text}".`);
  }
  return at;
}

/**
 * Starts all servers with the data until the moment, and Grafana. Takes some minutes.
 * @throws if a server doesn't start; stops all others before that
 */
export async function startFrozenDemo(
  options: FrozenDemoOptions
): Promise<{ grafana: ManagedProcess; prometheus: ManagedProcess; loki: ManagedProcess; stop(): Promise<void> }> {
  const { recording, at, dir, grafana: home, port, log = () => undefined } = options;
  log('Replaying the recording into the API server, Prometheus, and Loki');
  const replay = await startReplay(recording, path.join(dir, 'replay'), at, log);
  const processes = new ProcessGroup();
  await processes.add(Promise.resolve({ ...replay.prometheus, name: 'replay', stop: replay.stop }));
  log('Starting Grafana');
  const publicFolder = path.join(dir, 'public');
  writePublicFolder(home.home, publicFolder, new Date(at));
  const grafana = await processes.add(
    startGrafana({
      ...home,
      dir: path.join(dir, 'grafana'),
      prometheusUrl: replay.prometheus.url,
      lokiUrl: replay.loki.url,
      port,
      env: {
        GF_SERVER_STATIC_ROOT_PATH: publicFolder,
        // Grafana would evaluate them at the real time, for which there is no data.
        GF_UNIFIED_ALERTING_EXECUTE_ALERTS: 'false',
      },
    })
  );
  return { grafana, prometheus: replay.prometheus, loki: replay.loki, stop: () => processes.stop() };
}
