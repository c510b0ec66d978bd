/**
 * What the simulated Sedna really holds: its objects as the API server gives them, its log files as they lie on the
 * nodes, its knowledge base as SQL reads it. Written apart from everything under test.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ApiClient } from '../../../demo/drive/apiClient';

/** Any object of the cluster. */
export type KubeObject = any;

/**
 * Every object of a resource, in all namespaces, as `/apis/<group>/<version>/<plural>` or `/api/v1/<plural>` lists
 * them.
 */
export async function listObjects(kubeconfig: string, apiPath: string): Promise<KubeObject[]> {
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
export function readLogs(logRoot: string): LogEntry[] {
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

/** Rows of a query on the knowledge base's file. */
export function queryKnowledgeBase(file: string, sql: string): Array<Record<string, unknown>> {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    return database.prepare(sql).all() as Array<Record<string, unknown>>;
  } finally {
    database.close();
  }
}
