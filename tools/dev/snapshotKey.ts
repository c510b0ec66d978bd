import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What the data of a snapshot comes from. The rest of the repository changes pages, not data. */
export const SNAPSHOT_SOURCES = ['simulator', 'collection', 'exporter'];

/** Written for people and tests, or built; none of it reaches the data. */
const IRRELEVANT = /(\.test\.ts|\.md)$|^(node_modules|dist|bench|testUtils\.ts)$/;

/**
 * Returns a text of 12 characters that changes when a source of the data does.
 * @param root folder of `sources`
 */
export function getSnapshotKey(root: string, sources: readonly string[] = SNAPSHOT_SOURCES): string {
  const hash = createHash('sha256');
  for (const file of sources.flatMap((source) => listFiles(root, source))) {
    const content = readFileSync(path.join(root, file));
    hash.update(`${file}\n${content.length}\n`).update(content);
  }
  return hash.digest('hex').slice(0, 12);
}

/** Returns the relevant files of a folder in a stable order, each with the path of the folder in front. */
function listFiles(root: string, folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true })
    .filter(({ name }) => !IRRELEVANT.test(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const file = path.posix.join(folder, entry.name);
      if (entry.isDirectory()) {
        return listFiles(root, file);
      }
      return entry.isFile() ? [file] : [];
    });
}
