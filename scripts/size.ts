/** The size budget of the plugin's JavaScript: a gate, for what is loaded once is waited for every time. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const DIST = join(__dirname, '..', 'dist');

const ENTRY = 'module.js';

const BUDGETS = {
  /** Grafana loads it at its own start, on every page. */
  entryMinified: 25_000,
  /** All chunks; the first opening of any page loads no more than all of them. */
  allGzipped: 300_000,
  firstOpeningGzipped: 230_000,
};

const files = readdirSync(DIST)
  .filter((name) => name.endsWith('.js'))
  .map((name) => {
    const content = readFileSync(join(DIST, name));
    return { name, minified: content.length, gzipped: gzipSync(content, { level: 9 }).length };
  });
if (!files.some(({ name }) => name === ENTRY)) {
  throw new Error(`${ENTRY} is not in dist: run "npm run build" first.`);
}

const all = files.reduce((sum, { gzipped }) => sum + gzipped, 0);
const checks: Array<[string, number, number]> = [
  ['module.js, minified', files.find(({ name }) => name === ENTRY)?.minified ?? 0, BUDGETS.entryMinified],
  ['all JavaScript, gzipped', all, BUDGETS.allGzipped],
  // An upper bound: every page may load every chunk.
  ['first opening, gzipped', all, BUDGETS.firstOpeningGzipped],
];

for (const { name, minified, gzipped } of files) {
  console.log(`  ${name}: ${minified} bytes, ${gzipped} gzipped`);
}
let over = false;
for (const [what, bytes, budget] of checks) {
  console.log(`${bytes <= budget ? 'ok  ' : 'OVER'} ${what}: ${bytes} of ${budget} bytes`);
  over ||= bytes > budget;
}
if (over) {
  console.error('The plugin is over its size budget (see CONTRIBUTING.md).');
  process.exitCode = 1;
}
