import { execFileSync } from 'node:child_process';
import path from 'node:path';
import type { KubernetesObject } from '@kubernetes/client-node';
import { parseAllDocuments } from 'yaml';
import { findChartTool } from '../../tools/engines';
import { CHART_FOLDER } from './files';

export interface RenderOptions {
  /** Folder of the chart; sedna-ops unless told. */
  chart?: string;
  /** Values files: absolute, or relative to the chart. */
  valuesFiles?: readonly string[];
  /** Single values, as `--set` takes them. */
  set?: Readonly<Record<string, string | number | boolean>>;
  /** API groups with version that the cluster is said to know beside its own. */
  apiVersions?: readonly string[];
}

/** Namespace and release that charts are rendered for. */
export const RELEASE = 'sedna-ops';

/**
 * The objects that `helm template` makes of a chart.
 * @throws with Helm's message, that is with what the chart says about wrong values
 */
export function render(options: RenderOptions = {}): KubernetesObject[] {
  const { chart = CHART_FOLDER, valuesFiles = [], set = {}, apiVersions = [] } = options;
  const args = [
    'template',
    RELEASE,
    chart,
    `--namespace=${RELEASE}`,
    ...valuesFiles.map((file) => `--values=${path.resolve(chart, file)}`),
    ...Object.entries(set).map(([name, value]) => `--set=${name}=${value}`),
    ...apiVersions.map((version) => `--api-versions=${version}`),
  ];
  const text = execFileSync(findChartTool('helm'), args, {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    // Its complaints belong into the error, not onto the screen.
    stdio: 'pipe',
  });
  return parseAllDocuments(text).flatMap((document) => (document.toJS() as KubernetesObject | null) ?? []);
}

/**
 * Finds one rendered object.
 * @throws when there is none
 */
export function objectOf<T extends KubernetesObject>(
  objects: readonly KubernetesObject[],
  kind: string,
  name: string
): T {
  const found = objects.find((object) => object.kind === kind && object.metadata?.name === name);
  if (!found) {
    const names = objects.map((object) => `${object.kind} ${object.metadata?.name}`).join(', ');
    throw new Error(`the chart renders no ${kind} ${name}, just ${names}`);
  }
  return found as T;
}
