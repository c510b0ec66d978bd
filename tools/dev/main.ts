/** `make dev`: Grafana with the plugin, rebuilt and reloaded on save, over a frozen snapshot of data. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { getCacheFolder, getFreePort, ProcessGroup } from '../engines';
import { hasCompose } from '../engines/docker';
import { findGrafana, GRAFANA_HOMES, startGrafana, type GrafanaHome } from '../engines/grafana';
import { PROJECT_ROOT } from '../projectRoot';
import { startCompose } from './compose';
import { writePublicFolder } from './frozenClock';
import { assertPortsFree, readOptions, type DevOptions } from './options';
import { createSnapshot, findSnapshot, serveSnapshot, type Snapshot } from './snapshot';
import { getSnapshotKey } from './snapshotKey';
import { startWatchBuild, type Build } from './watchBuild';

interface Running {
  /** Address of Grafana. */
  url: string;
  /** Resolves when logs can be searched: Loki takes longer to start than all others. */
  logs?: Promise<unknown>;
}

/** The same as in tools/dev/compose.yaml. */
const GRAFANA_SETTINGS = {
  // Browsers must not keep an earlier build.
  GF_DEFAULT_APP_MODE: 'development',
  GF_AUTH_ANONYMOUS_ORG_ROLE: 'Admin',
  // Grafana would evaluate them at the real time, for which there is no data.
  GF_UNIFIED_ALERTING_EXECUTE_ALERTS: 'false',
};

const log = (line: string) => console.log(line);

/** Returns a folder for one checkout and port, so that two checkouts can run side by side. */
function getWorkFolder({ grafanaPort }: DevOptions): string {
  const checkout = createHash('sha256').update(PROJECT_ROOT).digest('hex').slice(0, 8);
  return path.join(getCacheFolder(), 'dev', 'work', `${checkout}-${grafanaPort}`);
}

async function getSnapshot(): Promise<Snapshot> {
  const parent = path.join(getCacheFolder(), 'dev', 'snapshots');
  const key = getSnapshotKey(PROJECT_ROOT);
  const found = findSnapshot(parent, key);
  if (found) {
    return found;
  }
  log('Creating the snapshot of data. This happens once, and again when the simulator or the collection changes.');
  return createSnapshot(parent, key, log);
}

function reportBuild({ seconds, errors }: Build): void {
  const time = new Date().toLocaleTimeString();
  log(errors ? `${time} The build failed:\n${errors}` : `${time} Built in ${seconds.toFixed(1)} s`);
}

async function runInstalledGrafana(grafana: GrafanaHome, options: DevOptions): Promise<Running> {
  const work = getWorkFolder(options);
  const snapshot = await getSnapshot();
  const ports = { prometheus: await getFreePort(), loki: await getFreePort() };
  log(`Starting with data frozen at ${snapshot.frozenAt.toLocaleString()}`);
  const group = new ProcessGroup();
  const build = group.add(startWatchBuild({ onBuild: reportBuild }));
  const { prometheus, loki } = serveSnapshot(snapshot, path.join(work, 'data'), ports);
  const metrics = group.add(prometheus);
  const logs = group.add(loki);
  // Reported where it is awaited, and not as unhandled while Grafana starts.
  logs.catch(() => undefined);
  const publicFolder = path.join(work, 'public');
  writePublicFolder(grafana.home, publicFolder, snapshot.frozenAt);
  if (!existsSync(path.join(PROJECT_ROOT, 'dist', 'module.js'))) {
    await build;
  }
  const server = group.add(
    startGrafana({
      ...grafana,
      dir: path.join(work, 'grafana'),
      port: options.grafanaPort,
      prometheusUrl: `http://127.0.0.1:${ports.prometheus}`,
      lokiUrl: `http://127.0.0.1:${ports.loki}`,
      env: { ...GRAFANA_SETTINGS, GF_SERVER_STATIC_ROOT_PATH: publicFolder },
    })
  );
  const [{ url }] = await Promise.all([server, build, metrics]);
  return { url, logs };
}

async function runContainers(options: DevOptions): Promise<Running> {
  const group = new ProcessGroup();
  await group.add(startWatchBuild({ onBuild: reportBuild }));
  const dir = path.join(getCacheFolder(), 'dev', 'compose');
  const { url } = await group.add(
    startCompose({ dir, key: getSnapshotKey(PROJECT_ROOT), grafanaPort: options.grafanaPort, log })
  );
  return { url };
}

async function start(options: DevOptions): Promise<Running> {
  const grafana = findGrafana();
  if (grafana) {
    return runInstalledGrafana(grafana, options);
  }
  if (hasCompose()) {
    return runContainers(options);
  }
  throw new Error(
    `There is neither a Grafana in ${GRAFANA_HOMES.join(' or ')} nor a container engine. Start Docker, or install Grafana 12.4 or later and set GRAFANA_HOME to its folder.`
  );
}

async function main(): Promise<void> {
  const began = performance.now();
  const options = readOptions(process.env);
  await assertPortsFree(options);
  const { url, logs } = await start(options);
  log(`\nReady after ${((performance.now() - began) / 1000).toFixed(0)} s: ${url}/a/kubeedge-sedna-app`);
  log('The page reloads when you save a file in src. Stop with Ctrl-C.');
  if (logs) {
    await logs;
    log('Logs are ready, too.');
  }
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
