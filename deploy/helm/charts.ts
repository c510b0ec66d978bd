import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse, stringify } from 'yaml';

/** Chart for a cluster that already has Grafana, Prometheus, and Loki. */
export const CHART_FOLDER = path.join(__dirname, 'sedna-ops');

/** Chart that also installs Grafana, Prometheus, and Loki. */
export const STACK_FOLDER = path.join(__dirname, 'sedna-ops-stack');

/** Values of the chart in `STACK_FOLDER` for thousands of edge nodes. */
export const THOUSANDS_OF_NODES_FILE = path.join(__dirname, 'values-thousands-of-edge-nodes.yaml');

interface Dependency {
  name: string;
  version: string;
}

/**
 * Copies the chart in `STACK_FOLDER` and adds its dependencies: the real sedna-ops, and empty charts with the name and
 * version of each upstream chart, because tests can't download those. Tests therefore see the values that upstream
 * charts receive, but not what these charts render.
 * @returns a temporary folder, deleted when the process exits
 */
export function createStackWithStubs(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'sedna-ops-stack-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  cpSync(STACK_FOLDER, folder, { recursive: true });
  const { dependencies } = parse(readFileSync(path.join(folder, 'Chart.yaml'), 'utf8')) as {
    dependencies: Dependency[];
  };
  for (const { name, version } of dependencies) {
    const chart = path.join(folder, 'charts', name);
    if (name === path.basename(CHART_FOLDER)) {
      // Dereferenced, because the relative links in files/ lead nowhere from here.
      cpSync(CHART_FOLDER, chart, { recursive: true, dereference: true });
    } else {
      mkdirSync(path.join(chart, 'templates'), { recursive: true });
      writeFileSync(path.join(chart, 'Chart.yaml'), stringify({ apiVersion: 'v2', name, version }));
      writeFileSync(path.join(chart, 'values.yaml'), 'enabled: true\n');
    }
  }
  return folder;
}
