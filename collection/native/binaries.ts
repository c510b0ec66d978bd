import { accessSync, constants } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/** The engines that `collection/stack/stack.sh` builds or fetches. */
export type EngineBinary =
  'etcd' | 'kube-apiserver' | 'kube-state-metrics' | 'loki' | 'otelcol' | 'prometheus' | 'promtool';

/** Folder for what is built or installed once and lies outside the tree: $SEDNA_OPS_CACHE, else in the user's cache. */
export function cacheFolder(): string {
  const caches = process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache');
  return process.env.SEDNA_OPS_CACHE || path.join(caches, 'sedna-ops');
}

/** Folder of the engines. */
export const binaryFolder = (): string => path.join(cacheFolder(), 'bin');

/**
 * Absolute path of an engine.
 * @throws when it is not there, saying how to get it
 */
export function findBinary(name: EngineBinary): string {
  const file = path.join(binaryFolder(), name);
  try {
    accessSync(file, constants.X_OK);
  } catch {
    throw new Error(`${name} is missing in ${binaryFolder()}: run "make stack" once, it builds or fetches the engines`);
  }
  return file;
}
