import { existsSync } from 'node:fs';
import path from 'node:path';

/** Nearest folder at or above `folder` that holds `collection/`; a bundle stands at another depth than its sources. */
function findProjectRoot(folder: string): string {
  const parent = path.dirname(folder);
  if (existsSync(path.join(folder, 'collection', 'prometheus'))) {
    return folder;
  }
  if (parent === folder) {
    throw new Error(`No folder above ${__dirname} holds collection/prometheus: run this from a checkout or an image`);
  }
  return findProjectRoot(parent);
}

/** Absolute path of the top folder. */
export const PROJECT_ROOT = findProjectRoot(__dirname);

/** Absolute path of the configuration of the engines. */
export const COLLECTION_FOLDER = path.join(PROJECT_ROOT, 'collection');

/** Absolute path of Sedna's custom resource definitions. */
export const CRD_FOLDER = path.join(PROJECT_ROOT, 'simulator', 'crds');
