/** Reads the objects, log files, and knowledge base of the simulated Sedna, independently of the code under test. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ApiClient } from '../../../simulator/drivers/apiClient';
import { KIND_NAMES } from '../../../src/sedna/kinds';
import type { Series } from './queries';

/** Any object of the cluster. */
export type KubeObject = any;

/**
 * Returns all objects of a resource in all namespaces.
 * @param apiPath `/apis/<group>/<version>/<plural>` or `/api/v1/<plural>`
 */
export async function fetchObjects(kubeconfig: string, apiPath: string): Promise<KubeObject[]> {
  const { status, body } = await new ApiClient(kubeconfig).send('GET', apiPath);
  if (status !== 200) {
    throw new Error(`${apiPath} responded with ${status}: ${body}`);
  }
  return JSON.parse(body).items;
}

/** Log line of a container. */
export interface LogEntry {
  namespace: string;
  pod: string;
  container: string;
  node: string;
  /** RFC 3339 with nanoseconds, which can be sorted as text. */
  time: string;
  /** Without colors. */
  text: string;
}

const CRI = /^(\S+) (?:stdout|stderr) F (.*)$/;

/** Returns all complete lines of all containers, oldest first. */
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

/** Converts the rows of an SQL query to series: `value` is the value, and the other columns are labels. */
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

/** Returns the identity labels of an object. Items of a list have no kind. */
export const getIdentity = ({ kind, metadata }: KubeObject, fallback = LIFELONG) => ({
  namespace: metadata.namespace as string,
  name: metadata.name as string,
  kind: (kind as string | undefined) ?? fallback,
});

export const getConditions = (object: KubeObject): KubeObject[] => object.status?.conditions ?? [];
/** Returns the parsed data of a condition. */
export const getConditionData = (condition: KubeObject) => (condition?.data ? JSON.parse(condition.data) : {});

/** Returns the newest condition of a stage and type. */
export const getNewest = (object: KubeObject, stage: string, type: string) =>
  getConditions(object).findLast((condition) => condition.stage === stage && condition.type === type);

/** Returns the object that a worker pod belongs to, by the labels of the global manager. The object doesn't own all pods. */
export function findWorkerOwner(pod: KubeObject): { kind: string; name: string } | undefined {
  for (const [label, name] of Object.entries((pod.metadata.labels ?? {}) as Record<string, string>)) {
    const kind = KIND_NAMES.find((each) => label === `${each.toLowerCase()}.sedna.io/name`);
    if (kind) {
      return { kind, name };
    }
  }
  return undefined;
}

/** Returns the worker type of a pod. */
export const getWorkerType = (pod: KubeObject): string =>
  Object.entries(pod.metadata.labels as Record<string, string>).find(([key]) => key.endsWith('/worker-type'))![1];

/** Adds custom metrics of inference to the knowledge base. */
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

/** Returns the lines that match a pattern, of the newest pod of a job with such lines. */
export function getNewestLines(logs: readonly LogEntry[], job: KubeObject, pattern: RegExp): LogEntry[] {
  const { namespace, name } = job.metadata;
  const mine = new RegExp(`^${name}-(?:train|eval|inference)-[a-z0-9]{5}$`);
  const found = logs.filter((line) => line.namespace === namespace && mine.test(line.pod) && pattern.test(line.text));
  return found.filter(({ pod }) => pod === found.at(-1)?.pod);
}

/** Groups worker pods by the labels of their owners, as JSON. */
export function groupWorkersByJob(pods: readonly KubeObject[]): Map<string, KubeObject[]> {
  return Map.groupBy(pods.filter(findWorkerOwner), (pod) =>
    JSON.stringify({ namespace: pod.metadata.namespace, ...findWorkerOwner(pod) })
  );
}

/** Returns the state of the newest deployment. It is waiting until the model is copied and the inference pod is replaced. */
export function getDeployment(job: KubeObject): 'Waiting' | 'Ok' | undefined {
  const deployments = getConditions(job).filter(({ stage }) => stage === 'Deploy');
  const types = deployments.slice(deployments.findLastIndex(({ type }) => type === 'Waiting')).map(({ type }) => type);
  if (types.includes('Completed')) {
    return types.includes('Ready') ? 'Ok' : undefined;
  }
  return types.length > 0 ? 'Waiting' : undefined;
}
