/** .dependency-cruiser.mjs refuses what it should, tried on a tree with one violation of each rule. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { PROJECT_ROOT } from '../projectRoot';

const FILES: Readonly<Record<string, string>> = {
  'tsconfig.json': '{ "compilerOptions": { "module": "esnext", "moduleResolution": "bundler" } }',
  'src/sedna/kinds.ts': 'export const KINDS = [];',
  'src/sedna/upward.ts': "export { escape } from '../query/escape';",
  'src/sedna/file.ts': "export { readFileSync } from 'node:fs';",
  'src/query/escape.ts': "export { KINDS as escape } from '../sedna/kinds';",
  'src/query/beside.ts': "export type { Manifest } from '../kubernetes/manifest';",
  'src/kubernetes/manifest.ts': 'export interface Manifest { kind: string }',
  'src/pages/logs/LogsPage.ts': "export { ListPage } from '../resources/ListPage';",
  'src/pages/resources/ListPage.ts': "import type { Row } from './rows'; export class ListPage { row?: Row }",
  'src/pages/resources/rows.ts': "import type { ListPage } from './ListPage'; export interface Row { page: ListPage }",
  'src/ui/Badge.ts': "export { world } from '../../simulator/world';",
  'src/data/request.ts': "export { answer } from './request.fixture';",
  'src/data/request.fixture.ts': 'export const answer = 1;',
  'exporter/main.ts': "export { escape } from '../src/query/escape';",
  'simulator/world.ts': "export { KINDS as world } from '../src/sedna/kinds';",
  'docs/docs.test.ts': "export { world } from '../simulator/world';",
};

const EXPECTED: ReadonlyArray<[rule: string, from: string, to: string]> = [
  ['app-imports-no-feeder', 'src/ui/Badge.ts', 'simulator/world.ts'],
  ['docs-check-files-only', 'docs/docs.test.ts', 'simulator/world.ts'],
  ['exporter-imports-the-ground-floor', 'exporter/main.ts', 'src/query/escape.ts'],
  ['no-circle', 'src/pages/resources/ListPage.ts', 'src/pages/resources/rows.ts'],
  ['no-import-between-pages', 'src/pages/logs/LogsPage.ts', 'src/pages/resources/ListPage.ts'],
  ['no-test-code-in-the-product', 'src/data/request.ts', 'src/data/request.fixture.ts'],
  ['no-upward-import-from-query', 'src/query/beside.ts', 'src/kubernetes/manifest.ts'],
  ['no-upward-import-from-sedna', 'src/sedna/upward.ts', 'src/query/escape.ts'],
  ['sedna-is-plain', 'src/sedna/file.ts', 'fs'],
];

interface CruiseResult {
  summary: { violations: Array<{ rule: { name: string }; from: string; to: string }> };
}

describe('import rules', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'import-rules-'));

  before(() => {
    for (const [file, text] of Object.entries(FILES)) {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      writeFileSync(path.join(folder, file), text);
    }
  });
  after(() => rmSync(folder, { recursive: true }));

  it('refuse circles, upward imports, imports between pages, and imports of test code; type imports count', () => {
    const { stdout } = spawnSync(
      path.join(PROJECT_ROOT, 'node_modules', '.bin', 'depcruise'),
      [
        '--config',
        path.join(PROJECT_ROOT, '.dependency-cruiser.mjs'),
        '--output-type',
        'json',
        'src',
        'exporter',
        'docs',
      ],
      { cwd: folder, encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 }
    );
    const { violations } = (JSON.parse(stdout) as CruiseResult).summary;
    assert.deepEqual(violations.map(({ rule, from, to }) => [rule.name, from, to]).sort(), EXPECTED);
  });
});
