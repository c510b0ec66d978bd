import { accessSync, constants } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/** Servers and tools that `tools/engines/build-engines.sh` builds or downloads. */
export type EngineBinary =
  'alloysyntax' | 'etcd' | 'kube-apiserver' | 'kube-state-metrics' | 'loki' | 'otelcol' | 'prometheus' | 'promtool';

/** Prometheus of the Linux distribution, usually version 2. It is optional: elsewhere it is missing. */
export type FormerBinary = 'prometheus-2' | 'promtool-2';

/** Tools that `tools/engines/build-engines.sh helm` builds or downloads for the charts and their tests. */
export type ChartTool = 'helm' | 'helm-3' | 'helm-unittest' | 'nginx';

/** Returns the cache folder outside the repository: `$SEDNA_OPS_CACHE`, or else `sedna-ops` in the user's cache. */
export function getCacheFolder(): string {
  const caches = process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache');
  return process.env.SEDNA_OPS_CACHE || path.join(caches, 'sedna-ops');
}

/** Returns the folder of the binaries. */
export const getBinaryFolder = (): string => path.join(getCacheFolder(), 'bin');

/**
 * Returns the absolute path of a server or tool.
 * @throws if it is missing, with the command that installs it
 */
export function findBinary(name: EngineBinary): string {
  return findExecutable(name) ?? throwMissing(name, 'make backends', 'the servers');
}

/** Returns the absolute path of a binary of Prometheus 2, or undefined if the distribution has none. */
export const findFormerBinary = (name: FormerBinary): string | undefined => findExecutable(name);

/**
 * Returns the absolute path of a tool for the charts.
 * @throws if it is missing, with the command that installs it
 */
export function findChartTool(name: ChartTool): string {
  return findExecutable(name) ?? throwMissing(name, 'make helm-tools', 'the tools for the charts');
}

/** Whether a tool for the charts is installed. nginx comes from Debian, so it may be missing elsewhere. */
export const hasChartTool = (name: ChartTool): boolean => findExecutable(name) !== undefined;

function findExecutable(name: string): string | undefined {
  const file = path.join(getBinaryFolder(), name);
  try {
    accessSync(file, constants.X_OK);
    return file;
  } catch {
    return undefined;
  }
}

function throwMissing(name: string, target: string, what: string): never {
  throw new Error(`${name} is missing in ${getBinaryFolder()}. Run "${target}" to build or download ${what}.`);
}
