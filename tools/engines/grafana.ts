/** A Grafana that is on this machine, started natively with the plugin and the provisioning of this project. */
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { getFreePort, startProcess, type ManagedProcess } from './managedProcess';
import type { KubernetesAccess } from '../../tools/engines/kubernetes/grantAccess';
import { PROJECT_ROOT } from '../projectRoot';

const PLUGIN_ID = 'kubeedge-sedna-app';

/** Where a Grafana may be, in the order in which it is looked for. */
export const GRAFANA_HOMES = [process.env.GRAFANA_HOME, '/usr/share/grafana', '/opt/grafana'].filter(
  (home): home is string => Boolean(home)
);

export interface GrafanaHome {
  home: string;
  binary: string;
}

/** Finds a Grafana; a package keeps its server apart from its home. */
export function findGrafana(homes: readonly string[] = GRAFANA_HOMES): GrafanaHome | undefined {
  for (const home of homes) {
    const binaries = [join(home, 'bin', 'grafana'), ...(home === '/usr/share/grafana' ? ['/usr/sbin/grafana'] : [])];
    const binary = binaries.find((path) => existsSync(path));
    if (binary && existsSync(join(home, 'conf', 'defaults.ini'))) {
      return { home, binary };
    }
  }
  return undefined;
}

export interface GrafanaOptions extends GrafanaHome {
  /** Folder for its data and log; made when it is missing. */
  dir: string;
  prometheusUrl: string;
  lokiUrl: string;
  /** The app's connection to a Kubernetes API server; none unless told. */
  kubernetes?: KubernetesAccess;
  /** A free one unless told. */
  port?: number;
  /** Folder of provisioning files; this project's unless told. */
  provisioning?: string;
  /** More of Grafana's settings, as environment variables. */
  env?: Readonly<Record<string, string>>;
}

/**
 * Starts it on loopback with `dist/` as an unsigned plugin.
 * Log in as admin/admin; people without a login see everything as Viewer.
 * @throws when the plugin is not built, or Grafana is not ready in time
 */
export async function startGrafana(options: GrafanaOptions): Promise<ManagedProcess> {
  const { home, binary, dir, prometheusUrl, lokiUrl, provisioning = join(PROJECT_ROOT, 'provisioning') } = options;
  if (!existsSync(join(PROJECT_ROOT, 'dist', 'module.js'))) {
    throw new Error('The plugin is not built: run "make build" first.');
  }
  const port = options.port ?? (await getFreePort());
  const plugins = join(dir, 'plugins');
  mkdirSync(plugins, { recursive: true });
  if (!existsSync(join(plugins, PLUGIN_ID))) {
    symlinkSync(join(PROJECT_ROOT, 'dist'), join(plugins, PLUGIN_ID));
  }
  const url = `http://127.0.0.1:${port}`;
  return startProcess({
    name: 'grafana',
    binary,
    args: ['server', '--homepath', home],
    dir,
    url,
    env: {
      GF_PATHS_DATA: join(dir, 'data'),
      GF_PATHS_LOGS: join(dir, 'logs'),
      GF_PATHS_PLUGINS: plugins,
      GF_PATHS_PROVISIONING: provisioning,
      GF_SERVER_HTTP_ADDR: '127.0.0.1',
      GF_SERVER_HTTP_PORT: String(port),
      GF_SECURITY_ADMIN_USER: 'admin',
      GF_SECURITY_ADMIN_PASSWORD: 'admin',
      GF_AUTH_ANONYMOUS_ENABLED: 'true',
      GF_AUTH_ANONYMOUS_ORG_ROLE: 'Viewer',
      GF_PLUGINS_ALLOW_LOADING_UNSIGNED_PLUGINS: PLUGIN_ID,
      GF_PLUGINS_PREINSTALL_DISABLED: 'true',
      GF_PLUGINS_PLUGIN_ADMIN_EXTERNAL_MANAGE_ENABLED: 'false',
      // A session that a test run keeps in a file must outlive the run.
      GF_AUTH_TOKEN_ROTATION_INTERVAL_MINUTES: '600',
      GF_ANALYTICS_REPORTING_ENABLED: 'false',
      GF_ANALYTICS_CHECK_FOR_UPDATES: 'false',
      GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES: 'false',
      GF_NEWS_NEWS_FEED_ENABLED: 'false',
      GF_LOG_LEVEL: 'warn',
      SEDNA_PROMETHEUS_URL: prometheusUrl,
      SEDNA_LOKI_URL: lokiUrl,
      SEDNA_DASHBOARDS: join(PROJECT_ROOT, 'provisioning', 'dashboards'),
      ...(options.kubernetes && buildKubernetesEnv(options.kubernetes)),
      ...options.env,
    },
    ready: async () => (await fetch(`${url}/api/health`)).ok,
  });
}

/** Read by provisioning/plugins; Grafana's proxy trusts what the process trusts. */
function buildKubernetesEnv({ url, caFile, readToken, writeToken }: KubernetesAccess): Record<string, string> {
  return {
    SEDNA_KUBERNETES_URL: url,
    SEDNA_KUBERNETES_READ_TOKEN: readToken,
    SEDNA_KUBERNETES_WRITE_TOKEN: writeToken,
    SSL_CERT_FILE: caFile,
  };
}
