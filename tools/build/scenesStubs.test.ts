import assert from 'node:assert/strict';
import { globSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import * as stubs from './scenesStubs';

const SCENES = path.join(path.dirname(require.resolve('@grafana/scenes/package.json')), 'dist', 'esm');
const SOURCE = path.join(__dirname, '..', '..', 'src');

test('the replaced files of Scenes exist, and export nothing that the stubs lack', () => {
  const files = readdirSync(SCENES, { recursive: true, encoding: 'utf8' }).filter((file) => stubs.REPLACED.test(file));
  assert.deepEqual(files.map((file) => path.basename(file, '.js')).sort(), [
    'AdHocFilterBuilder',
    'AdHocFilterRenderer',
    'AdHocFiltersComboboxRenderer',
  ]);
  for (const file of files) {
    const exported = /^export \{ (.*) \};$/m.exec(readFileSync(path.join(SCENES, file), 'utf8'))?.[1].split(', ') ?? [];
    assert.ok(exported.length > 0, file);
    assert.deepEqual(
      exported.filter((name) => !(name in stubs)),
      [],
      file
    );
  }
});

test('the app uses no ad hoc filters, because the stubs render nothing', () => {
  const users = globSync(path.join(SOURCE, '**', '*.{ts,tsx}')).filter((file) =>
    readFileSync(file, 'utf8').includes('AdHocFilter')
  );
  assert.deepEqual(users, []);
});
