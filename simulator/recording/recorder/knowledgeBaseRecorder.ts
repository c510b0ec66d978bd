/** Copies the database of the knowledge base whenever it changes. */
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import type { KubeObject } from '../../engine/types';
import { readOutput, type Kubectl } from './kubectl';

const DATABASE = '/db/kb.sqlite3';

/** Whether a file is a whole database: it may have been written to while it was copied. */
function isWhole(file: string): boolean {
  try {
    const database = new DatabaseSync(file, { readOnly: true });
    try {
      return database.prepare('PRAGMA quick_check').get()?.quick_check === 'ok';
    } finally {
      database.close();
    }
  } catch {
    return false;
  }
}

export interface KnowledgeBaseOptions {
  kubectl: Kubectl;
  /** Folder `knowledge-base` of the recording. */
  folder: string;
  /** The pod of the knowledge base now. */
  findPod: () => KubeObject | undefined;
  intervalMs: number;
  log: (line: string) => void;
}

/** Copies the database until the signal aborts. A copy that fails is tried again, and its error is logged once. */
export async function recordKnowledgeBase(options: KnowledgeBaseOptions): Promise<void> {
  const { kubectl, folder, findPod, intervalMs, log } = options;
  mkdirSync(folder, { recursive: true });
  const index: Array<{ file: string; time: string }> = [];
  let last = '';
  let problem = '';
  while (!kubectl.signal.aborted) {
    const pod = findPod();
    if (pod) {
      const { namespace = '', name } = pod.metadata;
      const time = new Date().toISOString();
      try {
        const args = ['exec', '--namespace', namespace, name, '--', 'cat', DATABASE];
        const content = await readOutput(kubectl, args);
        const hash = createHash('sha256').update(content).digest('hex');
        const file = `${String(index.length + 1).padStart(2, '0')}-change.sqlite3`;
        if (hash !== last) {
          writeFileSync(path.join(folder, file), content);
          if (isWhole(path.join(folder, file))) {
            last = hash;
            index.push({ file, time });
            writeFileSync(path.join(folder, 'index.json'), `${JSON.stringify(index, undefined, 1)}\n`);
          } else {
            rmSync(path.join(folder, file));
          }
        }
      } catch (error) {
        const { message } = error as Error;
        if (message !== problem && !kubectl.signal.aborted) {
          problem = message;
          log(message);
        }
      }
    }
    await sleep(intervalMs, undefined, { signal: kubectl.signal }).catch(() => undefined);
  }
}
