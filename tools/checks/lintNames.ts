/** `npm run lint:names`: names and texts that were given up, file names that do not fit, folders that grew too large. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { PROJECT_ROOT } from '../projectRoot';
import { findCrowdedFolders, findMisnamedFiles, findReplacedFileNames } from './fileNames';
import { findReplacedNames } from './declarations';
import { findReplacedTexts } from './uiTexts';

const LOCALE = 'src/locales/en-US/kubeedge-sedna-app.json';

const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: PROJECT_ROOT,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && !file.startsWith('.config/') && existsSync(path.join(PROJECT_ROOT, file)));
const read = (file: string) => readFileSync(path.join(PROJECT_ROOT, file), 'utf8');

const problems = [
  ...findCrowdedFolders(tracked),
  ...findMisnamedFiles(tracked),
  ...findReplacedFileNames(tracked),
  ...tracked
    .filter((file) => /\.tsx?$/.test(file) && !file.startsWith('tools/checks/'))
    .flatMap((file) => findReplacedNames(file, read(file))),
  ...findReplacedTexts(LOCALE, JSON.parse(read(LOCALE)) as object),
];
problems.forEach((problem) => console.error(problem));
if (problems.length > 0) {
  console.error(`${problems.length} problems of names; what to use instead stands with each (tools/checks).`);
  process.exitCode = 1;
}
