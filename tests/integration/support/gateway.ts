import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { V1ConfigMap } from '@kubernetes/client-node';
import { findChartTool, freePort, hasChartTool, type Engine } from '../../../collection/native';
import { startEngine } from '../../../collection/native/process';
import { objectOf, render } from '../../../deploy/helm/render';

/** Why tests of the gateway are skipped; false where they are not. */
export const withoutNginx = hasChartTool('nginx') ? false : 'nginx is not here: `make chart-tools` fetches it with apt';

/** Starts nginx with the chart's configuration; only its port and its folder for temporary files are others. */
export async function startGateway(dir: string, lokiUrl: string, tenant = ''): Promise<Engine> {
  const set = { lokiUrl, 'gateway.enabled': true, 'gateway.tenant': tenant, 'exporter.enabled': false };
  const { data } = objectOf<V1ConfigMap>(render({ set }), 'ConfigMap', 'sedna-ops-loki-read-only');
  const port = await freePort();
  const configuration = data!['nginx.conf']
    .replace('listen 8080;', `listen 127.0.0.1:${port};`)
    .replaceAll('/tmp/', `${dir}/`);
  const file = path.join(dir, 'nginx.conf');
  writeFileSync(file, configuration);
  const url = `http://127.0.0.1:${port}`;
  return startEngine({
    name: 'nginx',
    binary: findChartTool('nginx'),
    args: ['-p', dir, '-c', file, '-e', path.join(dir, 'error.log')],
    dir,
    url,
    ready: async () => (await fetch(`${url}/-/healthy`)).ok,
  });
}
