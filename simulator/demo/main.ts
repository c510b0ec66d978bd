/**
 * Runs `make demo` and `make demo-data`: a simulated Sedna, natively or with Docker Compose. With the variable RECORDING,
 * repeats the recording in that folder, natively; with the variable AT too, shows it at that moment.
 */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { getCacheFolder, isPortFree } from '../../tools/engines';
import { hasCompose } from '../../tools/engines/docker';
import { findGrafana, startGrafana } from '../../tools/engines/grafana';
import { readRecording, type Recording } from '../recording/recording';
import { parseMoment, startFrozenDemo } from './frozenDemo';
import { startDemo } from './nativeDemo';
import { PROJECT_ROOT } from '../../tools/projectRoot';

/** Default ports of the servers. */
const PORTS = { grafana: 3000, prometheus: 9090, loki: 3100 };

function run(command: string, args: string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: PROJECT_ROOT, stdio: 'inherit' });
    // The terminal sends Ctrl-C to the child too. Wait until it exits.
    process.on('SIGINT', () => undefined);
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** Starts everything with Compose, prints the URLs, and follows the simulation until Ctrl-C. Then removes all but the images. */
async function runInContainers(): Promise<number> {
  const built = await run('make', ['build']);
  if (built !== 0) {
    return built;
  }
  try {
    const started = await run('docker', ['compose', 'up', '--build', '--wait', '--wait-timeout', '1800']);
    if (started !== 0) {
      await run('docker', ['compose', 'logs', '--no-color', '--tail', '20']);
      return started;
    }
    printAddresses(
      `http://127.0.0.1:${PORTS.grafana}`,
      `http://127.0.0.1:${PORTS.prometheus}`,
      `http://127.0.0.1:${PORTS.loki}`
    );
    await run('docker', ['compose', 'logs', '--follow', '--tail', '5', 'sedna']);
    return 0;
  } finally {
    await run('docker', ['compose', 'down', '--volumes']);
  }
}

function printAddresses(grafana: string | undefined, prometheus: string, loki: string): void {
  if (grafana) {
    console.log(
      `\nSedna Ops: ${grafana}/a/kubeedge-sedna-app\n  Log in as admin with the password admin, or view it without a login.`
    );
  }
  console.log(`\nPrometheus: ${prometheus}\nLoki: ${loki}\nPress Ctrl-C to stop.`);
}

/** Checks the ports before anything is changed, so that the data of a running demo isn't removed. @throws if a port is in use */
async function assertPortsFree(ports: readonly number[]): Promise<void> {
  for (const port of ports) {
    if (!(await isPortFree(port))) {
      throw new Error(`Port ${port} is in use by another demo or server. Stop it, and try again.`);
    }
  }
}

async function runNatively(withGrafana: boolean, recording?: Recording): Promise<void> {
  const grafana = withGrafana ? findGrafana() : undefined;
  await assertPortsFree(Object.values(PORTS));
  const demo = await startDemo({
    dir: path.join(getCacheFolder(), 'demo'),
    prometheusPort: PORTS.prometheus,
    lokiPort: PORTS.loki,
    recording,
    log: (line) => console.log(line),
  });
  let grafanaUrl: string | undefined;
  if (grafana) {
    console.log('Starting Grafana');
    const grafanaProcess = await demo.add(
      startGrafana({
        ...grafana,
        dir: path.join(getCacheFolder(), 'demo', 'grafana'),
        prometheusUrl: demo.prometheus.url,
        lokiUrl: demo.loki.url,
        kubernetes: demo.kubernetes,
        port: PORTS.grafana,
      })
    );
    grafanaUrl = grafanaProcess.url;
  }
  printAddresses(grafanaUrl, demo.prometheus.url, demo.loki.url);
  if (recording) {
    const minutes = Math.ceil((recording.to - recording.from) / 60_000);
    console.log(`The recording ends in ${minutes} minutes. After that, nothing changes.`);
  }
}

async function showMoment(recording: Recording, moment: string): Promise<void> {
  const at = parseMoment(moment, recording);
  await assertPortsFree([PORTS.grafana]);
  const { grafana, prometheus, loki } = await startFrozenDemo({
    dir: path.join(getCacheFolder(), 'demo'),
    recording,
    at,
    grafana: findGrafana()!,
    port: PORTS.grafana,
    log: (line) => console.log(line),
  });
  printAddresses(grafana.url, prometheus.url, loki.url);
  console.log(`Pages that are opened show ${new Date(at).toISOString()} as now.`);
}

async function main(): Promise<void> {
  const withGrafana = !process.argv.includes('--without-grafana');
  const recording = process.env.RECORDING ? readRecording(path.resolve(process.env.RECORDING)) : undefined;
  if (!withGrafana) {
    return runNatively(false, recording);
  }
  if (hasCompose() && !recording) {
    process.exitCode = await runInContainers();
    return;
  }
  if (!findGrafana()) {
    process.exitCode = await run(path.join(__dirname, 'check-prerequisites.sh'), []);
    return;
  }
  process.exitCode = await run('make', ['build', 'backends']);
  if (process.exitCode !== 0) {
    return;
  }
  await (recording && process.env.AT ? showMoment(recording, process.env.AT) : runNatively(true, recording));
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
