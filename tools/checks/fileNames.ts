import path from 'node:path';
import { REPLACED_FILE_NAMES, REPLACED_NAMES, REPLACED_TOP_LEVEL_NAMES } from './replacedNames';

/** Maximum number of source files directly in a folder of `src`. */
export const MAX_FILES_IN_FOLDER = 14;

const isSource = (file: string) => /\.tsx?$/.test(file) && !/\.(test|spec|fixture|d)\.tsx?$/.test(file);

/** Returns the name of a file without folder and extensions. */
const stem = (file: string) => path.posix.basename(file).replace(/\..*$/, '');

/** Finds folders of `src` with more than {@link MAX_FILES_IN_FOLDER} source files directly in them. Tests don't count. */
export function findCrowdedFolders(files: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const folder of files.filter((file) => file.startsWith('src/') && isSource(file)).map(path.posix.dirname)) {
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, count]) => count > MAX_FILES_IN_FOLDER)
    .map(
      ([folder, count]) => `${folder}: ${count} source files, at most ${MAX_FILES_IN_FOLDER}: group them into folders`
    );
}

/** Finds source files that are neither `PascalCase.tsx` (`.ts` without JSX) nor `camelCase.ts`. */
export function findMisnamedFiles(files: readonly string[]): string[] {
  return files
    .filter((file) => /^(src|exporter|collection|dashboards|simulator|tools|deploy)\//.test(file) && isSource(file))
    .filter((file) => !/^([A-Z][A-Za-z0-9]*|[a-z][A-Za-z0-9]*)$/.test(stem(file)) && !isRuleFile(file))
    .map((file) => `${file}: name it PascalCase.tsx (a component or scene object) or camelCase.ts`);
}

/** Whether a file is a diagnosis rule, which has the name of its id. */
const isRuleFile = (file: string) => file.startsWith('src/sedna/diagnosis/rules/');

/** Finds files with replaced names, with any extension. */
export function findReplacedFileNames(files: readonly string[]): string[] {
  return files
    .filter((file) => /\.(tsx?|mjs|sh)$/.test(file) && !file.startsWith('tools/checks/'))
    .flatMap((file) => {
      const name = stem(file);
      const instead = [REPLACED_NAMES, REPLACED_TOP_LEVEL_NAMES, REPLACED_FILE_NAMES].flatMap((names) =>
        Object.hasOwn(names, name) ? [names[name]] : []
      );
      return instead.map((to) => `${file}: files called "${name}" were replaced by "${to}"`);
    });
}
