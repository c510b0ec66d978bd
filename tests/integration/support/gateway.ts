import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { V1ConfigMap } from '@kubernetes/client-node';
import { findChartTool, getFreePort, hasChartTool, type ManagedProcess } from '../../../tools/engines';
import { startProcess } from '../../../tools/engines/managedProcess';
import { findObject, renderChart } from '../../../deploy/helm/render';

/** Reason to skip the tests of the gateway, or false. */
export const skipWithoutNginx = hasChartTool('nginx')
  ? false
  : 'nginx is missing, run "make helm-tools" to download it with apt';

/** Starts nginx with the configuration of the chart, with another port and another folder for temporary files. */
export async function startGateway(dir: string, lokiUrl: string, tenant = ''): Promise<ManagedProcess> {
  const set = { lokiUrl, 'gateway.enabled': true, 'gateway.tenant': tenant, 'exporter.enabled': false };
  const { data } = findObject<V1ConfigMap>(renderChart({ set }), 'ConfigMap', 'sedna-ops-loki-read-only');
  const port = await getFreePort();
  const configuration = data!['nginx.conf']
    .replace('listen 8080;', `listen 127.0.0.1:${port};`)
    .replaceAll('/tmp/', `${dir}/`);
  const file = path.join(dir, 'nginx.conf');
  writeFileSync(file, configuration);
  const url = `http://127.0.0.1:${port}`;
  return startProcess({
    name: 'nginx',
    binary: findChartTool('nginx'),
    args: ['-p', dir, '-c', file, '-e', path.join(dir, 'error.log')],
    dir,
    url,
    ready: async () => (await fetch(`${url}/-/healthy`)).ok,
  });
}
