// Bundles the exporter into one file that needs only Node 24: node exporter/build.mjs [file]
import path from 'node:path';
import { build } from 'esbuild';

const here = import.meta.dirname;
const outfile = path.resolve(process.argv[2] ?? path.join(here, 'dist', 'exporter.js'));

await build({
  entryPoints: [path.join(here, 'main.ts')],
  outfile,
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  legalComments: 'inline',
  logLevel: 'warning',
});
