/** Brings what the chart holds of the rest of the repository up to date; `--check` only says whether it is fresh. */
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { runGenerator } from '../../tools/generators/generatedFiles';
import { chartFiles, FILES_FOLDER, leftovers } from './files';

const args = process.argv.slice(2);
const files = chartFiles();
const check = args.includes('--check');

for (const file of leftovers(files)) {
  const name = path.relative(process.cwd(), path.join(FILES_FOLDER, file));
  if (check) {
    console.error(`${name} has no source any more: generate the chart's files again`);
    process.exitCode = 1;
  } else {
    rmSync(path.join(FILES_FOLDER, file));
    console.log(`removed ${name}`);
  }
}
if (!check) {
  files.forEach((file) => mkdirSync(path.dirname(file.path), { recursive: true }));
}
const before = process.exitCode;
runGenerator(files, args);
process.exitCode = before || process.exitCode;
