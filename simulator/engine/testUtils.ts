import { existsSync } from 'node:fs';
import path from 'node:path';

/**
 * A file of Sedna's own (CRDs, a real database) for a test to compare with. They are not part of this repository:
 * SEDNA_OPS_SHARED names their folder, else `shared` beside the checkout.
 * @returns the path, or what to tell in a skipped test
 */
export function sharedFile(...parts: string[]): { file: string; skip: string | false } {
  const root = process.env.SEDNA_OPS_SHARED || path.join(__dirname, '..', '..', '..', 'shared');
  const file = path.join(root, ...parts);
  return {
    file,
    skip: existsSync(file) ? false : `${file} is missing; set SEDNA_OPS_SHARED to the folder that holds ${parts[0]}`,
  };
}
