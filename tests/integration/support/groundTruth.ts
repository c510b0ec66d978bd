/**
 * What the simulated Sedna really holds: its objects as the API server gives them, its log files as they lie on the
 * nodes, its knowledge base as SQL reads it. Written apart from everything under test.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ApiClient } from '../../../simulator/drivers/apiClient';
import { KIND_NAMES } from '../../../src/sedna/kinds';
import type { Series } from './queries';

/** Any object of the cluster. */
export type KubeObject = any;

/**
 * Every object of a resource, in all namespaces, as `/apis/<group>/<version>/<plural>` or `/api/v1/<plural>` lists
 * them.
 */
export async function fetchObjects(kubeconfig: string, apiPath: string): Promise<KubeObject[]> {
  const { status, body } = await new ApiClient(kubeconfig).send('GET', apiPath);
  if (status !== 200) {
    throw new Error(`${apiPath} answers ${status}: ${body}`);
  }
  return JSON.parse(body).items;
}

/** One line of a container. */
export interface LogEntry {
  namespace: string;
  pod: string;
  container: string;
  node: string;
  /** As the runtime wrote it, RFC 3339 with nanoseconds: sorts as text. */
  time: string;
  /** Without colours. */
  text: string;
}

const CRI = /^(\S+) (?:stdout|stderr) F (.*)$/;

/** Every whole line of every container, oldest first. */
export function fetchLogs(logRoot: string): LogEntry[] {
  const entries: LogEntry[] = [];
  for (const file of readdirSync(logRoot, { recursive: true, encoding: 'utf8' })) {
    const match = /^([^/]+)\/pods\/([^_/]+)_([^_/]+)_[^/]+\/([^/]+)\/[^/]+\.log/.exec(file);
    if (match) {
      const [, node, namespace, pod, container] = match;
      for (const line of readFileSync(path.join(logRoot, file), 'utf8').split('\n')) {
        const [, time, text] = CRI.exec(line) ?? [];
        if (time) {
          entries.push({ namespace, pod, container, node, time, text: text.replace(/\u001b\[[0-9;]*m/g, '') });
        }
      }
    }
  }
  return entries.sort((a, b) => (a.time < b.time ? -1 : 1));
}

/** What a query on the knowledge base's file gives, a row a series: the column `value`, the others as labels. */
export function toSeries(file: string, sql: string): Series[] {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const rows = database.prepare(sql).all() as Array<Record<string, unknown>>;
    return rows.map(({ value, ...labels }) => ({ labels: labels as Record<string, string>, value: Number(value) }));
  } finally {
    database.close();
  }
}

export const LIFELONG = 'LifelongLearningJob';

/** Labels that name an object; lists give their items no kind. */
export const getIdentity = ({ kind, metadata }: KubeObject, fallback = LIFELONG) => ({
  namespace: metadata.namespace as string,
  name: metadata.name as string,
  kind: (kind as string | undefined) ?? fallback,
});

export const getConditions = (object: KubeObject): KubeObject[] => object.status?.conditions ?? [];
/** What a condition carries. */
export const getConditionData = (condition: KubeObject) => (condition?.data ? JSON.parse(condition.data) : {});

/** Newest condition of a stage and type. */
export const getNewest = (object: KubeObject, stage: string, type: string) =>
  getConditions(object).findLast((condition) => condition.stage === stage && condition.type === type);

/** What a pod works for, by the labels that the global manager sets on all workers: not each of them is owned by it. */
export function findWorkerOwner(pod: KubeObject): { kind: string; name: string } | undefined {
  for (const [label, name] of Object.entries((pod.metadata.labels ?? {}) as Record<string, string>)) {
    const kind = KIND_NAMES.find((each) => label === `${each.toLowerCase()}.sedna.io/name`);
    if (kind) {
      return { kind, name };
    }
  }
  return undefined;
}

/** As what a pod works. */
export const getWorkerType = (pod: KubeObject): string =>
  Object.entries(pod.metadata.labels as Record<string, string>).find(([key]) => key.endsWith('/worker-type'))![1];

/** What a job would record of its inference in the custom tables. */
export function recordInference(file: string): void {
  const database = new DatabaseSync(file);
  const metric = database.prepare('INSERT INTO metric (id, name, label) VALUES (?, ?, ?)');
  const value = database.prepare('INSERT INTO metric_value (metric_id, label_value, value) VALUES (?, ?, ?)');
  for (const [index, name] of ['InferenceDoneNumber', 'InferenceReadyNumber', 'InferenceErrorNumber'].entries()) {
    metric.run(100 + index, name, 'namespace,name,task');
  }
  for (const [id, task, number] of [
    [100, 'known', 90],
    [100, 'unknown', 6],
    [101, 'known', 3],
    [102, 'unknown', 1],
  ] as const) {
    value.run(id, `default,atcii-classifier-demo,${task}`, number);
  }
  database.close();
}

/** Newest pod of a job that wrote a line of a pattern, and all such lines of it. */
export function getNewestLines(logs: readonly LogEntry[], job: KubeObject, pattern: RegExp): LogEntry[] {
  const { namespace, name } = job.metadata;
  const mine = new RegExp(`^${name}-(?:train|eval|inference)-[a-z0-9]{5}$`);
  const found = logs.filter((line) => line.namespace === namespace && mine.test(line.pod) && pattern.test(line.text));
  return found.filter(({ pod }) => pod === found.at(-1)?.pod);
}

/** Worker pods by what they work for: labels as JSON. */
export function groupWorkersByJob(pods: readonly KubeObject[]): Map<string, KubeObject[]> {
  return Map.groupBy(pods.filter(findWorkerOwner), (pod) =>
    JSON.stringify({ namespace: pod.metadata.namespace, ...findWorkerOwner(pod) })
  );
}

/** The newest deployment of a job: it waits until its model is there and the pod that infers was made anew. */
export function getDeployment(job: KubeObject): 'Waiting' | 'Ok' | undefined {
  const deployments = getConditions(job).filter(({ stage }) => stage === 'Deploy');
  const types = deployments.slice(deployments.findLastIndex(({ type }) => type === 'Waiting')).map(({ type }) => type);
  if (types.includes('Completed')) {
    return types.includes('Ready') ? 'Ok' : undefined;
  }
  return types.length > 0 ? 'Waiting' : undefined;
}
