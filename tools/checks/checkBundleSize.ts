/** Checks the size budget of the plugin's JavaScript, and fails if it is exceeded. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const DIST = join(__dirname, '..', '..', 'dist');

const ENTRY = 'module.js';

const BUDGETS = {
  /** Bytes. Grafana loads the entry on every page. */
  entryMinified: 25_000,
  allGzipped: 340_000,
  /** Bytes of the entry, the files that it always loads, and the page. Files that a page loads on demand don't count. */
  firstOpeningGzipped: 180_000,
};

const files = readdirSync(DIST)
  .filter((name) => name.endsWith('.js'))
  .map((name) => {
    const content = readFileSync(join(DIST, name));
    return {
      name,
      text: content.toString(),
      minified: content.length,
      gzipped: gzipSync(content, { level: 9 }).length,
    };
  });
const entry = files.find(({ name }) => name === ENTRY);
if (!entry) {
  throw new Error(`${ENTRY} isn't in dist. Run "npm run build" first.`);
}

/** Returns the files of the chunks that a script loads through webpack's runtime. */
const findLoadedFiles = (text: string) => [...text.matchAll(/\.e\("?([\w-]+)"?\)/g)].map(([, id]) => `${id}.js`);

const firstOpening = new Set([ENTRY, ...findLoadedFiles(entry.text)]);
if (firstOpening.size < 2) {
  throw new Error(`Can't measure the budget: no chunk that ${ENTRY} loads was found. Adapt findLoadedFiles.`);
}
/** Pages in separate files. The others are in the files that the entry loads. */
const pages = files.filter(({ name }) => name.startsWith('page-'));
const sumGzipped = (of: typeof files) => of.reduce((sum, { gzipped }) => sum + gzipped, 0);
const checks: Array<[string, number, number]> = [
  ['module.js, minified', entry.minified, BUDGETS.entryMinified],
  ['all JavaScript, gzipped', sumGzipped(files), BUDGETS.allGzipped],
  [
    'first opening of any page, gzipped',
    sumGzipped(files.filter(({ name }) => firstOpening.has(name))) +
      Math.max(0, ...pages.map(({ gzipped }) => gzipped)),
    BUDGETS.firstOpeningGzipped,
  ],
];

for (const { name, minified, gzipped } of files) {
  console.log(`  ${name}: ${minified} bytes, ${gzipped} gzipped`);
}
let isOverBudget = false;
for (const [name, bytes, budget] of checks) {
  console.log(`${bytes <= budget ? 'ok  ' : 'OVER'} ${name}: ${bytes} of ${budget} bytes`);
  isOverBudget ||= bytes > budget;
}
if (isOverBudget) {
  console.error('The plugin exceeds its size budget. Refer to CONTRIBUTING.md.');
  process.exitCode = 1;
}
