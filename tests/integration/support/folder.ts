import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Creates a temporary folder, which is deleted when this process exits. Set SEDNA_OPS_KEEP to keep it with its logs. */
export function createTemporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'sedna-ops-it-'));
  if (process.env.SEDNA_OPS_KEEP) {
    console.log(`Logs are kept in ${folder}`);
  } else {
    process.on('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  }
  return folder;
}
