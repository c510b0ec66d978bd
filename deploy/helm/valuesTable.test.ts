import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { findStaleFiles } from '../../tools/generators/generatedFiles';
import { CHART_FOLDER } from './charts';
import { buildReadme, formatValuesTable } from './valuesTable';

function createChart(context: TestContext, schema: object, values: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'sedna-ops-chart-'));
  context.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(path.join(folder, 'values.schema.json'), JSON.stringify(schema));
  writeFileSync(path.join(folder, 'values.yaml'), values);
  return folder;
}

describe('buildReadme', () => {
  it('matches the committed README', () => {
    assert.deepEqual(findStaleFiles([buildReadme(CHART_FOLDER)]), [], 'Run npm run generate:chart');
  });
});

describe('formatValuesTable', () => {
  it('lists each value with its default and description', (context) => {
    const schema = {
      $defs: { list: { type: 'array' } },
      properties: {
        url: { description: 'Where a|b is.' },
        part: {
          properties: { names: { $ref: '#/$defs/list', description: 'Names.' }, count: { description: 'How many.' } },
        },
      },
    };
    const folder = createChart(context, schema, "url: ''\npart:\n  names: [a]\n  count: 3\n");
    assert.equal(
      formatValuesTable(folder),
      [
        '| Value | Default | Description |',
        '| --- | --- | --- |',
        '| `url` |  | Where a\\|b is. |',
        '| `part.names` | `["a"]` | Names. |',
        '| `part.count` | `3` | How many. |',
        '',
      ].join('\n')
    );
  });

  it('throws an error that names a value without a description', (context) => {
    const schema = { properties: { known: {} } };
    assert.throws(() => formatValuesTable(createChart(context, schema, 'known: 1\n')), /no description of known/);
    assert.throws(() => formatValuesTable(createChart(context, schema, 'new: 1\n')), /sets new.*doesn't define it/);
  });
});
