import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findStaleFiles } from './generatedFiles';
import { createFiles, formatMermaid, getNode, reduceGraph, toGraph } from './importGraph';

describe('import graph', () => {
  it('draws the current imports in architecture.md: if this fails, run "npm run generate:import-graph"', () => {
    const files = createFiles();
    assert.deepEqual(findStaleFiles(files), []);
    const picture = files[0].content.split('<!-- import-graph:start -->')[1];
    const nodes = picture.match(/^ {2,4}\w+\[.*\]$/gm) ?? [];
    assert.ok(nodes.length >= 12 && nodes.length <= 20, `${nodes.length} nodes`);
  });

  it('draws the folders of src and tools, and every other folder as a whole', () => {
    assert.equal(getNode('src/pages/logs/LogsScene.tsx'), 'src/pages');
    assert.equal(getNode('src/module.tsx'), 'src/module.tsx');
    assert.equal(getNode('tools/engines/kubernetes/etcd.ts'), 'tools/engines');
    assert.equal(getNode('exporter/http/server.ts'), 'exporter');
  });

  it('leaves out tests, benchmarks, checks, and libraries', () => {
    for (const file of [
      'src/ui/Badge.test.tsx',
      'src/test/mockGrafana.ts',
      'exporter/bench/cluster.ts',
      'tools/checks/lintNames.ts',
      'tests/e2e/run.ts',
      'node_modules/react/index.js',
      'src/plugin.json',
    ]) {
      assert.equal(getNode(file), undefined, file);
    }
  });

  it('leaves out imports that follow from others', () => {
    const imports = [
      { from: 'src/pages/a.ts', to: 'src/query/b.ts' },
      { from: 'src/pages/a.ts', to: 'src/sedna/c.ts' },
      { from: 'src/query/b.ts', to: 'src/sedna/c.ts' },
      { from: 'dashboards/d.ts', to: 'src/query/b.ts' },
    ];
    assert.equal(
      formatMermaid(reduceGraph(toGraph(imports))),
      [
        '```mermaid',
        'flowchart TB',
        '  subgraph src',
        '    src_pages[pages]',
        '    src_query[query]',
        '    src_sedna[sedna]',
        '  end',
        '  dashboards[dashboards]',
        '  dashboards --> src_query',
        '  src_pages --> src_query',
        '  src_query --> src_sedna',
        '```',
      ].join('\n')
    );
  });
});
