/**
 * Draws the imports between folders, by dependency-cruiser, into docs/contribute/architecture.md; `--check` only compares.
 */
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { PROJECT_ROOT } from '../projectRoot';
import { replaceMarkedPart, runGenerator, type GeneratedFile } from './generatedFiles';

/** A file that imports another; both paths are relative to the root of the repository. */
export interface FileImport {
  from: string;
  to: string;
}

/** Folders whose imports are drawn. The others hold tests and checks, which may import everything. */
const DRAWN_FOLDERS = ['src', 'exporter', 'simulator', 'collection', 'dashboards', 'deploy', 'tools'];

/** Folders that are divided further: each folder in them is a node. */
const DIVIDED_FOLDERS = ['src', 'tools'];

const NOT_DRAWN =
  /^src\/test\/|^tools\/(checks|build|dev)\/|\/bench(\/|\.ts$)|\.(test|fixture)\.tsx?$|\/testUtils\.tsx?$/;

/**
 * Returns the node that a file belongs to, such as `src/pages`, or undefined for files that are not drawn. Scripts
 * directly in `tools` belong to none.
 */
export function getNode(file: string): string | undefined {
  const [folder, child, ...rest] = file.split('/');
  if (!/\.tsx?$/.test(file) || NOT_DRAWN.test(file) || !DRAWN_FOLDERS.includes(folder)) {
    return undefined;
  }
  if (!DIVIDED_FOLDERS.includes(folder)) {
    return folder;
  }
  return rest.length > 0 || folder === 'src' ? `${folder}/${child}` : undefined;
}

type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** Reduces imports of files to imports of nodes, in alphabetical order. */
export function toGraph(imports: readonly FileImport[]): Graph {
  const graph = new Map<string, Set<string>>();
  const add = (node: string) => graph.get(node) ?? graph.set(node, new Set()).get(node)!;
  for (const { from, to } of imports) {
    const [source, target] = [getNode(from), getNode(to)];
    if (source !== undefined && target !== undefined && source !== target) {
      add(source).add(target);
      add(target);
    }
  }
  return new Map([...graph].sort().map(([node, targets]) => [node, new Set([...targets].sort())]));
}

/** Whether `to` can be reached from `from`. */
function isReachable(graph: Graph, from: string, to: string, visited = new Set<string>()): boolean {
  if (from === to) {
    return true;
  }
  if (visited.has(from)) {
    return false;
  }
  visited.add(from);
  return [...(graph.get(from) ?? [])].some((next) => isReachable(graph, next, to, visited));
}

/** Removes every edge whose target can also be reached through other nodes; otherwise the picture has 50 arrows. */
export function reduceGraph(graph: Graph): Graph {
  const reduced = new Map([...graph].map(([node, targets]) => [node, new Set(targets)]));
  for (const [node, targets] of reduced) {
    for (const target of [...targets]) {
      targets.delete(target);
      if (!isReachable(reduced, node, target)) {
        targets.add(target);
      }
    }
  }
  return reduced;
}

const toId = (node: string) => node.replace(/\W/g, '_');

/** Formats a graph as Mermaid, with the folders of `src` in one subgraph. */
export function formatMermaid(graph: Graph): string {
  const toNode = (node: string) => `${toId(node)}[${node.replace(/^src\//, '')}]`;
  const nodes = [...graph.keys()];
  const [app, others] = [
    nodes.filter((node) => node.startsWith('src/')),
    nodes.filter((node) => !node.startsWith('src/')),
  ];
  return [
    '```mermaid',
    'flowchart TB',
    '  subgraph src',
    ...app.map((node) => `    ${toNode(node)}`),
    '  end',
    ...others.map((node) => `  ${toNode(node)}`),
    ...[...graph].flatMap(([node, targets]) => [...targets].map((target) => `  ${toId(node)} --> ${toId(target)}`)),
    '```',
  ].join('\n');
}

interface CruiseResult {
  modules: Array<{ source: string; dependencies: Array<{ resolved: string }> }>;
}

/** Runs dependency-cruiser. Type imports count. */
function fetchImports(): FileImport[] {
  const cruiser = path.join(PROJECT_ROOT, 'node_modules', '.bin', 'depcruise');
  const args = ['--config', '.dependency-cruiser.mjs', '--output-type', 'json', ...DRAWN_FOLDERS];
  const output = execFileSync(cruiser, args, { cwd: PROJECT_ROOT, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  return (JSON.parse(output) as CruiseResult).modules.flatMap(({ source, dependencies }) =>
    dependencies.map(({ resolved }) => ({ from: source, to: resolved }))
  );
}

const LEGEND = 'An arrow means "imports". Imports that other arrows imply, and imports of tests, are left out.';

/** Returns architecture.md with the graph of the current imports. */
export function createFiles(imports = fetchImports()): GeneratedFile[] {
  const file = path.join(PROJECT_ROOT, 'docs', 'contribute', 'architecture.md');
  const part = `${formatMermaid(reduceGraph(toGraph(imports)))}\n\n${LEGEND}\n`;
  return [replaceMarkedPart(file, part, ['<!-- import-graph:start -->', '<!-- import-graph:end -->'])];
}

if (require.main === module) {
  runGenerator(createFiles(), process.argv.slice(2));
}
