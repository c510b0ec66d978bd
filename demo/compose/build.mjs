// Bundles what demo/Dockerfile runs into one file that needs nothing but Node 24: node demo/compose/build.mjs <file>
import path from 'node:path';
import { build } from 'esbuild';

const here = import.meta.dirname;

await build({
  entryPoints: [path.join(here, '..', 'phases.ts')],
  outfile: path.resolve(process.argv[2] ?? path.join(here, 'dist', 'phases.js')),
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  legalComments: 'inline',
  logLevel: 'warning',
});
