import { existsSync } from 'node:fs';
import path from 'node:path';

/**
 * Finds an original file of Sedna, such as a CRD or a knowledge base, for comparison. They aren't part of this repository:
 * `SEDNA_OPS_SHARED` sets their folder, by default `shared` next to the checkout.
 * @returns the path, and the reason to skip the test if the file is missing
 */
export function sharedFile(...parts: string[]): { file: string; skip: string | false } {
  const root = process.env.SEDNA_OPS_SHARED || path.join(__dirname, '..', '..', '..', 'shared');
  const file = path.join(root, ...parts);
  return {
    file,
    skip: existsSync(file)
      ? false
      : `${file} is missing. Set SEDNA_OPS_SHARED to the folder that contains ${parts[0]}.`,
  };
}
