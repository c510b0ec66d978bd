/** `make dev`: Grafana with the plugin, rebuilt and reloaded on save, over a frozen snapshot of data. */
import { createHash } from 'node:crypto';
import path from 'node:path';
import { cacheFolder, ProcessGroup } from '../engines';
import { findGrafana, startGrafana, type GrafanaHome } from '../engines/grafana';
import { PROJECT_ROOT } from '../projectRoot';
import { writePublicFolder } from './frozenClock';
import { assertPortsFree, readOptions, type DevOptions } from './options';
import { createSnapshot, findSnapshot, serveSnapshot, type Snapshot } from './snapshot';
import { getSnapshotKey } from './snapshotKey';
import { startWatchBuild, type Build } from './watchBuild';

const log = (line: string) => console.log(line);

/** Returns a folder for one checkout and port, so that two checkouts can run side by side. */
function getWorkFolder({ grafanaPort }: DevOptions): string {
  const checkout = createHash('sha256').update(PROJECT_ROOT).digest('hex').slice(0, 8);
  return path.join(cacheFolder(), 'dev', 'work', `${checkout}-${grafanaPort}`);
}

async function getSnapshot(): Promise<Snapshot> {
  const parent = path.join(cacheFolder(), 'dev', 'snapshots');
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

async function runWithInstalledGrafana(grafana: GrafanaHome, options: DevOptions): Promise<string> {
  const work = getWorkFolder(options);
  const snapshot = await getSnapshot();
  const group = new ProcessGroup();
  log(`Serving the snapshot, frozen at ${snapshot.frozenAt.toLocaleString()}, and building the plugin`);
  const [{ prometheus, loki }] = await Promise.all([
    serveSnapshot(snapshot, path.join(work, 'data'), group),
    group.add(startWatchBuild({ onBuild: reportBuild })),
  ]);
  log('Starting Grafana');
  const publicFolder = path.join(work, 'public');
  writePublicFolder(grafana.home, publicFolder, snapshot.frozenAt);
  const { url } = await group.add(
    startGrafana({
      ...grafana,
      dir: path.join(work, 'grafana'),
      port: options.grafanaPort,
      prometheusUrl: prometheus.url,
      lokiUrl: loki.url,
      env: {
        // Browsers must not keep an earlier build.
        GF_DEFAULT_APP_MODE: 'development',
        GF_SERVER_STATIC_ROOT_PATH: publicFolder,
        GF_AUTH_ANONYMOUS_ORG_ROLE: 'Admin',
        // Grafana would evaluate them at the real time, for which there is no data.
        GF_UNIFIED_ALERTING_EXECUTE_ALERTS: 'false',
      },
    })
  );
  return url;
}

async function main(): Promise<void> {
  const began = performance.now();
  const options = readOptions(process.env);
  await assertPortsFree(options);
  const grafana = findGrafana();
  if (!grafana) {
    throw new Error('no Grafana');
  }
  const url = await runWithInstalledGrafana(grafana, options);
  log(`\nReady after ${((performance.now() - began) / 1000).toFixed(0)} s: ${url}/a/kubeedge-sedna-app`);
  log('Pages reload when you save a file in src. Stop with Ctrl-C.');
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
