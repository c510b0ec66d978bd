import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A new folder for what engines write; gone when this process ends, unless SEDNA_OPS_KEEP is set (to read logs). */
export function createTemporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'sedna-ops-it-'));
  if (process.env.SEDNA_OPS_KEEP) {
    console.log(`logs are kept in ${folder}`);
  } else {
    process.on('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  }
  return folder;
}
