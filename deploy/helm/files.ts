import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { globSync } from 'glob';
import { replaceMarkedPart, type GeneratedFile } from '../../tools/generators/generatedFiles';
import { valuesTable } from './valuesTable';

const ROOT = path.join(__dirname, '..', '..');
export const CHART_FOLDER = path.join(__dirname, 'sedna-ops');

/** Helm reads no file outside of its chart, so the chart holds copies in this folder, and in it nothing else. */
export const FILES_FOLDER = path.join(CHART_FOLDER, 'files');

/** What is copied: folder in `files/`, folder in the repository, pattern in that folder. */
const SOURCES: ReadonlyArray<[target: string, source: string, pattern: string]> = [
  ['kube-state-metrics', 'collection/kube-state-metrics', '{config,custom-resource-state,rbac}.yaml'],
  ['prometheus/rules', 'collection/prometheus/rules', '*.yaml'],
  ['prometheus/alerts', 'collection/prometheus/alerts', '*.yaml'],
  ['prometheus', 'collection/prometheus', '{monitors,scrape-*}.yaml'],
  ['loki/rules', 'collection/loki/rules', '**/*.yaml'],
  ['otel-collector', 'collection/otel-collector', 'config.yaml'],
  ['grafana/dashboards', 'provisioning/dashboards', '*.json'],
  ['grafana/alerting', 'provisioning/alerting', '*.yaml'],
];

const isTest = (name: string) => /_test\.ya?ml$/.test(name);

/**
 * The chart's copies and the README with its table of values, as the repository asks for them.
 * @throws when a folder that is copied holds two files of one name, for a ConfigMap would hold just one of them
 */
export function chartFiles(): GeneratedFile[] {
  return [
    ...SOURCES.flatMap(copies),
    replaceMarkedPart(path.join(CHART_FOLDER, 'README.md'), valuesTable(CHART_FOLDER)),
  ];
}

function copies([target, source, pattern]: (typeof SOURCES)[number]): GeneratedFile[] {
  const names = globSync(pattern, { cwd: path.join(ROOT, source), posix: true }).filter((name) => !isTest(name));
  const files = names.sort().map((name) => ({
    path: path.join(FILES_FOLDER, target, path.basename(name)),
    content: readFileSync(path.join(ROOT, source, name), 'utf8'),
  }));
  if (new Set(files.map((file) => file.path)).size < files.length) {
    throw new Error(`${source} holds two files of one name; the chart puts them into one folder: rename one`);
  }
  return files;
}

/** Files in the chart's folder of copies that have no source any more, relative to that folder. */
export function leftovers(files: readonly GeneratedFile[]): string[] {
  const wanted = new Set(files.map((file) => path.relative(FILES_FOLDER, file.path)));
  return readdirSync(FILES_FOLDER, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(FILES_FOLDER, path.join(entry.parentPath, entry.name)))
    .filter((name) => !wanted.has(name));
}
