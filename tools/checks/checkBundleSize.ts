/** The size budget of the plugin's JavaScript: a gate, for what is loaded once is waited for every time. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const DIST = join(__dirname, '..', '..', 'dist');

const ENTRY = 'module.js';

const BUDGETS = {
  /** Grafana loads it at its own start, on every page. */
  entryMinified: 25_000,
  allGzipped: 300_000,
  /** The entry, what it loads by itself, and the page; what a page loads when it is needed is not waited for. */
  firstOpeningGzipped: 230_000,
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
  throw new Error(`${ENTRY} is not in dist: run "npm run build" first.`);
}

/** Files of the chunks that a script asks webpack's runtime for. */
const findLoadedFiles = (text: string) => [...text.matchAll(/\.e\("?([\w-]+)"?\)/g)].map(([, id]) => `${id}.js`);

const firstOpening = new Set([ENTRY, ...findLoadedFiles(entry.text)]);
if (firstOpening.size < 2) {
  throw new Error(`${ENTRY} loads no other file, or in a way that is not known here: the budget cannot be measured.`);
}
/** Pages with a file of their own; the others are in what the entry loads. */
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
  console.error('The plugin is over its size budget (see CONTRIBUTING.md).');
  process.exitCode = 1;
}
