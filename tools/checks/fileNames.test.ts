import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findCrowdedFolders, findMisnamedFiles, findReplacedFileNames, MAX_FILES_IN_FOLDER } from './fileNames';

const files = (count: number, ending = '.ts') =>
  Array.from({ length: count }, (_, index) => `src/ui/file${index}${ending}`);

describe('findCrowdedFolders', () => {
  it('refuses a folder of src with more source files than the limit, and gives both numbers', () => {
    assert.deepEqual(findCrowdedFolders(files(MAX_FILES_IN_FOLDER)), []);
    assert.deepEqual(findCrowdedFolders(files(MAX_FILES_IN_FOLDER + 1)), [
      `src/ui: 15 source files, at most ${MAX_FILES_IN_FOLDER}: group them into folders`,
    ]);
  });

  it('counts neither tests and fixtures nor files of subfolders', () => {
    const uncounted = [...files(9, '.test.tsx'), ...files(9, '.fixture.ts'), 'src/ui/table/Cell.tsx'];
    assert.deepEqual(findCrowdedFolders([...files(MAX_FILES_IN_FOLDER), ...uncounted]), []);
  });
});

describe('findMisnamedFiles', () => {
  it('refuses kebab-case and snake_case, and names both allowed styles', () => {
    assert.deepEqual(findMisnamedFiles(['src/ui/status-badge.tsx', 'tools/checks/file_names.ts']), [
      'src/ui/status-badge.tsx: name it PascalCase.tsx (a component or scene object) or camelCase.ts',
      'tools/checks/file_names.ts: name it PascalCase.tsx (a component or scene object) or camelCase.ts',
    ]);
  });

  it('accepts components, modules, rules named by their ids, and files of other languages', () => {
    assert.deepEqual(
      findMisnamedFiles([
        'src/ui/StatusBadge.tsx',
        'src/query/logql.ts',
        'src/sedna/diagnosis/rules/pod-pending.ts',
        'tools/engines/build-engines.sh',
      ]),
      []
    );
  });
});

describe('findReplacedFileNames', () => {
  it('refuses a replaced name in any language and with any ending, and gives the new one', () => {
    assert.deepEqual(
      findReplacedFileNames([
        'src/pages/logs/words.ts',
        'src/pages/logs/words.test.ts',
        'simulator/phases.mjs',
        'src/ui/Aged.tsx',
        'src/ui/Nothing.tsx',
      ]),
      [
        'src/pages/logs/words.ts: files called "words" were replaced by "format"',
        'src/pages/logs/words.test.ts: files called "words" were replaced by "format"',
        'simulator/phases.mjs: files called "phases" were replaced by "entrypoint"',
        'src/ui/Aged.tsx: files called "Aged" were replaced by "StaleContent"',
        'src/ui/Nothing.tsx: files called "Nothing" were replaced by "EmptyState"',
      ]
    );
  });

  it('accepts names that only contain a replaced one, or that every object has', () => {
    assert.deepEqual(findReplacedFileNames(['src/query/keywords.ts', 'src/query/constructor.ts', 'docs/words.md']), []);
  });
});
