/** `npm run lint:names`: reports replaced names and UI texts, misnamed files, and folders with too many files. */
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
  console.error(
    `Found ${problems.length} replaced or misplaced names. Each line ends with what to use instead. The lists are in tools/checks/replacedNames.ts.`
  );
  process.exitCode = 1;
}
