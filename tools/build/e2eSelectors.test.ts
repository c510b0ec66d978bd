import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { selectors as grafanaSelectors } from '@grafana/e2e-selectors';
import { selectors as ownSelectors } from './e2eSelectors';

const SCENES = path.join(path.dirname(require.resolve('@grafana/scenes/package.json')), 'dist', 'esm');

/** Paths of the selectors that Scenes uses. */
const usedPaths = new Set(
  readdirSync(SCENES, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.js'))
    .map((file) => readFileSync(path.join(SCENES, file), 'utf8'))
    .filter((source) => source.includes('@grafana/e2e-selectors'))
    .flatMap((source) => source.match(/\bselectors(\.\w+)+/g) ?? [])
);

function getValue(root: unknown, selector: string): unknown {
  const value = selector
    .split('.')
    .slice(1)
    .reduce<unknown>((from, key) => (from as Record<string, unknown> | undefined)?.[key], root);
  return typeof value === 'function' ? value('a name') : value;
}

test('our selectors contain every selector that Scenes uses, with the value of Grafana', () => {
  assert.ok(usedPaths.size >= 8, [...usedPaths].join(' '));
  for (const selector of usedPaths) {
    assert.equal(typeof getValue(ownSelectors, selector), 'string', selector);
    assert.equal(getValue(ownSelectors, selector), getValue(grafanaSelectors, selector), selector);
  }
});
