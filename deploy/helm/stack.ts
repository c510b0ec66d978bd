import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse, stringify } from 'yaml';
import { CHART_FOLDER } from './files';

/** The chart that brings Grafana, Prometheus and Loki along. */
export const STACK_FOLDER = path.join(__dirname, 'sedna-ops-stack');

/** Values for thousands of edge nodes, for that chart. */
export const THOUSANDS_FILE = path.join(__dirname, 'values-thousands-of-edge-nodes.yaml');

interface Dependency {
  name: string;
  version: string;
}

/**
 * A copy of that chart whose upstream charts are empty ones of the same name and version, for these have to be
 * downloaded; sedna-ops is the real one. So the values of the upstream charts are checked as YAML and by tests, but
 * what these charts make of them is not.
 * @returns the folder, which is gone when this process ends
 */
export function stackWithStubs(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'sedna-ops-stack-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  cpSync(STACK_FOLDER, folder, { recursive: true });
  const { dependencies } = parse(readFileSync(path.join(folder, 'Chart.yaml'), 'utf8')) as {
    dependencies: Dependency[];
  };
  for (const { name, version } of dependencies) {
    const chart = path.join(folder, 'charts', name);
    if (name === path.basename(CHART_FOLDER)) {
      cpSync(CHART_FOLDER, chart, { recursive: true });
    } else {
      mkdirSync(path.join(chart, 'templates'), { recursive: true });
      writeFileSync(path.join(chart, 'Chart.yaml'), stringify({ apiVersion: 'v2', name, version }));
      writeFileSync(path.join(chart, 'values.yaml'), 'enabled: true\n');
    }
  }
  return folder;
}
