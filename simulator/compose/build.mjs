// Bundles the image of the demo into one file that needs only Node 24: node simulator/compose/build.mjs [file]
import path from 'node:path';
import { build } from 'esbuild';

const here = import.meta.dirname;

await build({
  entryPoints: [path.join(here, 'entrypoint.ts')],
  outfile: path.resolve(process.argv[2] ?? path.join(here, 'dist', 'entrypoint.js')),
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  legalComments: 'inline',
  logLevel: 'warning',
});
