import assert from 'node:assert/strict';
import { globSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import * as own from './scenesStubs';

const SCENES = path.join(path.dirname(require.resolve('@grafana/scenes/package.json')), 'dist', 'esm');
const SOURCE = path.join(__dirname, '..', '..', 'src');

test('what is replaced is there, and exports no more than what is in its place', () => {
  const files = readdirSync(SCENES, { recursive: true, encoding: 'utf8' }).filter((file) => own.REPLACED.test(file));
  assert.deepEqual(files.map((file) => path.basename(file, '.js')).sort(), [
    'AdHocFilterBuilder',
    'AdHocFilterRenderer',
    'AdHocFiltersComboboxRenderer',
  ]);
  for (const file of files) {
    const exported = /^export \{ (.*) \};$/m.exec(readFileSync(path.join(SCENES, file), 'utf8'))?.[1].split(', ') ?? [];
    assert.ok(exported.length > 0, file);
    assert.deepEqual(
      exported.filter((name) => !(name in own)),
      [],
      file
    );
  }
});

test('the app has no ad hoc filters, which would not be drawn', () => {
  const users = globSync(path.join(SOURCE, '**', '*.{ts,tsx}')).filter((file) =>
    readFileSync(file, 'utf8').includes('AdHocFilter')
  );
  assert.deepEqual(users, []);
});
