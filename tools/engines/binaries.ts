import { accessSync, constants } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/** The engines that `tools/engines/build-engines.sh` builds or fetches. */
export type EngineBinary =
  'etcd' | 'kube-apiserver' | 'kube-state-metrics' | 'loki' | 'otelcol' | 'prometheus' | 'promtool';

/** What `tools/engines/build-engines.sh helm` builds or fetches for the charts and their tests. */
export type ChartTool = 'helm' | 'helm-unittest' | 'nginx';

/** Folder for what is built or installed once and lies outside the tree: $SEDNA_OPS_CACHE, else in the user's cache. */
export function getCacheFolder(): string {
  const caches = process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache');
  return process.env.SEDNA_OPS_CACHE || path.join(caches, 'sedna-ops');
}

/** Folder of the engines. */
export const getBinaryFolder = (): string => path.join(getCacheFolder(), 'bin');

/**
 * Absolute path of an engine.
 * @throws when it is not there, saying how to get it
 */
export function findBinary(name: EngineBinary): string {
  return findExecutable(name) ?? throwMissing(name, 'make backends', 'the engines');
}

/**
 * Absolute path of a tool for the charts.
 * @throws when it is not there, saying how to get it
 */
export function findChartTool(name: ChartTool): string {
  return findExecutable(name) ?? throwMissing(name, 'make helm-tools', 'what tests the charts');
}

/** Whether a tool for the charts is there; nginx comes from Debian, so elsewhere it may be absent. */
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
  throw new Error(`${name} is missing in ${getBinaryFolder()}: run "${target}" once, it builds or fetches ${what}`);
}
