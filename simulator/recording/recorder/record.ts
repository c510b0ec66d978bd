/** Records a Sedna through kubectl. */
import { createWriteStream, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { SEDNA_NAMESPACE } from '../../../src/sedna/kinds';
import type { KubeObject } from '../../engine/types';
import { recordKnowledgeBase } from './knowledgeBaseRecorder';
import { LogRecorder } from './logRecorder';
import { watchObjects } from './watchObjects';

export interface RecordOptions {
  /** Folder of the recording, which must not exist. */
  folder: string;
  /** Name or path of kubectl, and arguments of each call. */
  kubectl?: string;
  kubectlArgs?: readonly string[];
  /** Namespace of Sedna's components. */
  namespace?: string;
  /** Ends the recording. */
  signal: AbortSignal;
  /** Time between two copies of the knowledge base. */
  knowledgeBaseIntervalMs?: number;
  log?: (line: string) => void;
}

const STORY = `# A recording of Sedna

Write what was done, with times, and what happened. Read the files of this folder before you send it: secrets are masked
where their names or their form show them.
`;

/**
 * Records until the signal aborts.
 * @returns number of versions of objects
 * @throws if the folder exists
 */
export async function record(options: RecordOptions): Promise<number> {
  const { folder, kubectl: binary = 'kubectl', kubectlArgs: args = [], namespace = SEDNA_NAMESPACE, signal } = options;
  const { log = () => undefined, knowledgeBaseIntervalMs: intervalMs = 10_000 } = options;
  if (existsSync(folder)) {
    throw new Error(`${folder} exists. Name a new folder.`);
  }
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'story.md'), STORY);
  const kubectl = { binary, args, signal };
  const logs = new LogRecorder(kubectl, path.join(folder, 'logs'), log);
  const objects = createGzip();
  const written = finished(objects.pipe(createWriteStream(path.join(folder, 'objects.jsonl.gz'))));
  const knowledgeBases = new Map<string, KubeObject>();
  let count = 0;
  await Promise.all([
    watchObjects({
      kubectl,
      namespace,
      log,
      onEvent: (event, object) => {
        count++;
        objects.write(`${JSON.stringify({ time: new Date().toISOString(), event, object })}\n`);
        if (object.kind === 'Pod') {
          logs.see(object);
        }
        if (object.kind === 'Pod' && object.metadata.labels?.sedna === 'kb') {
          const isRunning = event !== 'DELETED' && object.status?.phase === 'Running';
          knowledgeBases[isRunning ? 'set' : 'delete'](object.metadata.name, object);
        }
      },
    }),
    recordKnowledgeBase({
      kubectl,
      folder: path.join(folder, 'knowledge-base'),
      findPod: () => [...knowledgeBases.values()].at(-1),
      intervalMs,
      log,
    }),
  ]);
  await logs.close();
  objects.end();
  await written;
  return count;
}
