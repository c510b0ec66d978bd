/** Starts a Grafana that is installed on this machine, with the plugin and the provisioning of this repository. */
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { getFreePort, startProcess, type ManagedProcess } from './managedProcess';
import type { KubernetesAccess } from '../../tools/engines/kubernetes/grantAccess';
import { PROJECT_ROOT } from '../projectRoot';

const PLUGIN_ID = 'kubeedge-sedna-app';

/** Folders where Grafana may be installed, in search order. */
export const GRAFANA_HOMES = [process.env.GRAFANA_HOME, '/usr/share/grafana', '/opt/grafana'].filter(
  (home): home is string => Boolean(home)
);

export interface GrafanaHome {
  home: string;
  binary: string;
}

/** Returns the first installed Grafana. The Debian package installs its binary outside of its home. */
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
  /** Folder for its data and log, created if missing. */
  dir: string;
  prometheusUrl: string;
  lokiUrl: string;
  /** Connection of the app to a Kubernetes API server. By default it has none. */
  kubernetes?: KubernetesAccess;
  /** Loopback port, a free one by default. */
  port?: number;
  /** Folder of provisioning files, that of this repository by default. */
  provisioning?: string;
  /** More settings of Grafana, as environment variables. */
  env?: Readonly<Record<string, string>>;
}

/**
 * Starts Grafana on loopback with `dist/` as an unsigned plugin. The login is admin/admin; anonymous users are viewers.
 * @throws if the plugin isn't built, or Grafana isn't ready in time
 */
export async function startGrafana(options: GrafanaOptions): Promise<ManagedProcess> {
  const { home, binary, dir, prometheusUrl, lokiUrl, provisioning = join(PROJECT_ROOT, 'provisioning') } = options;
  if (!existsSync(join(PROJECT_ROOT, 'dist', 'module.js'))) {
    throw new Error('The plugin isn\'t built. Run "make build" first.');
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
      // Playwright stores the session in a file, so it must outlive the test run.
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

/** Sets the variables of provisioning/plugins. Grafana's proxy trusts the certificates that its process trusts. */
function buildKubernetesEnv({ url, caFile, readToken, writeToken }: KubernetesAccess): Record<string, string> {
  return {
    SEDNA_KUBERNETES_URL: url,
    SEDNA_KUBERNETES_READ_TOKEN: readToken,
    SEDNA_KUBERNETES_WRITE_TOKEN: writeToken,
    SSL_CERT_FILE: caFile,
  };
}
