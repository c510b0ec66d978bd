import { execFileSync } from 'node:child_process';
import path from 'node:path';
import type { KubernetesObject } from '@kubernetes/client-node';
import { parseAllDocuments } from 'yaml';
import { findChartTool, type ChartTool } from '../../tools/engines';
import { CHART_FOLDER } from './charts';

export interface RenderOptions {
  /** Folder of the chart; sedna-ops by default. */
  chart?: string;
  /** Values files: absolute, or relative to the folder of the chart. */
  valuesFiles?: readonly string[];
  /** Single values by path, as in `--set`. */
  set?: Readonly<Record<string, string | number | boolean>>;
  /** API versions that the cluster has in addition to those of Kubernetes. */
  apiVersions?: readonly string[];
  /** Version of Kubernetes that the cluster has, as in `1.30.0`. */
  kubeVersion?: string;
  /** Helm 4 by default. */
  helm?: Extract<ChartTool, 'helm' | 'helm-3'>;
}

/** Name of the release and of its namespace. */
export const RELEASE = 'sedna-ops';

/**
 * Renders a chart with `helm template`.
 * @throws with the output of Helm, which includes the chart's messages about values that aren't valid
 */
export function renderChart(options: RenderOptions = {}): KubernetesObject[] {
  const { chart = CHART_FOLDER, valuesFiles = [], set = {}, apiVersions = [], kubeVersion, helm = 'helm' } = options;
  const args = [
    'template',
    RELEASE,
    chart,
    `--namespace=${RELEASE}`,
    ...valuesFiles.map((file) => `--values=${path.resolve(chart, file)}`),
    ...Object.entries(set).map(([name, value]) => `--set=${name}=${value}`),
    ...apiVersions.map((version) => `--api-versions=${version}`),
    ...(kubeVersion ? [`--kube-version=${kubeVersion}`] : []),
  ];
  const text = execFileSync(findChartTool(helm), args, {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    // Captures stderr for the message of the error, instead of printing it.
    stdio: 'pipe',
  });
  return parseAllDocuments(text).flatMap((document) => (document.toJS() as KubernetesObject | null) ?? []);
}

/**
 * Finds an object by kind and name.
 * @throws if there is none; the message lists the objects
 */
export function findObject<T extends KubernetesObject>(
  objects: readonly KubernetesObject[],
  kind: string,
  name: string
): T {
  const found = objects.find((object) => object.kind === kind && object.metadata?.name === name);
  if (!found) {
    const names = objects.map((object) => `${object.kind} ${object.metadata?.name}`).join(', ');
    throw new Error(`The chart renders no ${kind} ${name}, only ${names}`);
  }
  return found as T;
}
