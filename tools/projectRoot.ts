import { existsSync } from 'node:fs';
import path from 'node:path';

/** Returns the nearest folder at or above `folder` that contains `collection/`. A bundle has another depth than its sources. */
function findProjectRoot(folder: string): string {
  const parent = path.dirname(folder);
  if (existsSync(path.join(folder, 'collection', 'prometheus'))) {
    return folder;
  }
  if (parent === folder) {
    throw new Error(
      `No folder above ${__dirname} contains collection/prometheus. Run this from a checkout or the image of the demo.`
    );
  }
  return findProjectRoot(parent);
}

/** Absolute path of the root of the repository. */
export const PROJECT_ROOT = findProjectRoot(__dirname);

/** Absolute path of the configuration of the servers. */
export const COLLECTION_FOLDER = path.join(PROJECT_ROOT, 'collection');

/** Absolute path of Sedna's custom resource definitions. */
export const CRD_FOLDER = path.join(PROJECT_ROOT, 'simulator', 'crds');
