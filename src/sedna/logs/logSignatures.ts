/**
 * Lines that tell the rules something about one object. They are data, so that the same patterns run here and inside
 * Loki (src/query makes one filter of them): patterns stay within RE2 and match a line with or without its colour codes,
 * for Loki applies a filter before the stage that takes them out.
 */
import type { KindName } from '../kinds';
import type { ObjectRef } from '../objectRef';
import { stripAnsi } from '.';
import type { LogFact } from '../diagnosis/facts';

export type LogSignatureId =
  | 'train-samples'
  | 'training-triggered'
  | 'local-controller-started'
  | 'dataset-not-found'
  | 'dataset-not-loaded'
  | 'dataset-unread'
  | 'dataset-read'
  | 'model-not-copied'
  | 'model-missing'
  | 'pod-refused'
  | 'stage-invalid'
  | 'stage-failed'
  | 'node-connected'
  | 'node-disconnected'
  | 'report-refused'
  | 'report-lost'
  | 'index-not-updated'
  | 'knowledge-base-refused'
  | 'evaluated'
  | 'exception';

/** Who writes it: global manager, local controller, or a worker of the object. */
export type LogSignatureSource = 'gm' | 'lc' | 'worker';

interface Sign {
  id: LogSignatureId;
  writer: LogSignatureSource;
  kinds: readonly KindName[];
  /** RE2 pattern; the first group, where there is one, is what the line tells. Receives texts that are escaped. */
  pattern: (namespace: string, name: string) => string;
}

const LIFELONG: readonly KindName[] = ['LifelongLearningJob'];
const DATASET: readonly KindName[] = ['Dataset'];

/** End of a name: names hold lower case letters, digits, - and . only. */
const END = '(?:[^a-z0-9.-]|$)';
const lcJob = (namespace: string, name: string) => `${namespace}/lifelonglearningjob/${name}`;
const gmJob = (namespace: string, name: string) => `lifelonglearning ?job ${namespace}/${name}${END}`;

export const LOG_SIGNATURES: readonly Sign[] = [
  {
    id: 'train-samples',
    writer: 'lc',
    kinds: LIFELONG,
    pattern: (...of) => `job[(]${lcJob(...of)}[)]'s current train samples nums is ([0-9]+)`,
  },
  {
    id: 'training-triggered',
    writer: 'lc',
    kinds: LIFELONG,
    pattern: (...of) => `job[(]name=${lcJob(...of)}[)] complete the Training phase`,
  },
  {
    id: 'local-controller-started',
    writer: 'lc',
    kinds: LIFELONG,
    pattern: () => 'manager lifelonglearningjob is started',
  },
  {
    id: 'dataset-not-loaded',
    writer: 'lc',
    kinds: LIFELONG,
    pattern: (...of) => `job[(]${lcJob(...of)}[)] failed to load dataset, and waiting it: (.*)`,
  },
  {
    id: 'dataset-unread',
    writer: 'lc',
    kinds: LIFELONG,
    pattern: (namespace) => `dataset[(]name=${namespace}/dataset/([^)]+)[)] get samples from .* failed`,
  },
  {
    id: 'dataset-unread',
    writer: 'lc',
    kinds: DATASET,
    pattern: (namespace, name) => `dataset[(]name=${namespace}/dataset/(${name})[)] get samples from .* failed`,
  },
  {
    id: 'dataset-read',
    writer: 'lc',
    kinds: DATASET,
    pattern: (namespace, name) =>
      `dataset[(]name=${namespace}/dataset/${name}[)] get samples from .* successfully. number of samples: ([0-9]+)`,
  },
  {
    id: 'model-not-copied',
    writer: 'lc',
    kinds: LIFELONG,
    pattern: (...of) => `failed to update model for job[(](?:name=)?${lcJob(...of)}[)]:? ?(.*)`,
  },
  // A line without a namespace supports what else is known, and decides nothing.
  { id: 'model-missing', writer: 'lc', kinds: LIFELONG, pattern: (_, name) => `job ${name} stage .* model is nil` },
  // It names no namespace, either.
  {
    id: 'dataset-not-found',
    writer: 'gm',
    kinds: LIFELONG,
    pattern: (_, name) => `not found job[(]name=LifelongLearningJob/${name}[)]'s dataset, error: (.*)`,
  },
  {
    id: 'pod-refused',
    writer: 'gm',
    kinds: LIFELONG,
    pattern: (...of) => `${gmJob(...of)}.*failed to be updated, err: ?(.*)`,
  },
  {
    id: 'stage-invalid',
    writer: 'gm',
    kinds: LIFELONG,
    pattern: (...of) => `${gmJob(...of)}.*invalid condition stage`,
  },
  {
    id: 'stage-failed',
    writer: 'gm',
    kinds: LIFELONG,
    pattern: (...of) => `${gmJob(...of)} ?([A-Za-z]+) stage failed!`,
  },
  { id: 'node-connected', writer: 'gm', kinds: LIFELONG, pattern: () => 'established connection for node (.+)' },
  { id: 'node-disconnected', writer: 'gm', kinds: LIFELONG, pattern: () => 'closed connection for node (.+)' },
  {
    id: 'report-refused',
    writer: 'worker',
    kinds: LIFELONG,
    pattern: () => 'Connection refused in request (.*/sedna/workers/.*)',
  },
  { id: 'report-lost', writer: 'worker', kinds: LIFELONG, pattern: () => '\\[ERROR\\].{0,9}- RetryError\\[' },
  { id: 'index-not-updated', writer: 'worker', kinds: LIFELONG, pattern: () => 'KB update Fail' },
  {
    id: 'knowledge-base-refused',
    writer: 'worker',
    kinds: LIFELONG,
    pattern: () => 'Connection refused in request (.*/knowledgebase.*)',
  },
  { id: 'evaluated', writer: 'worker', kinds: LIFELONG, pattern: () => 'Task evaluation finishes' },
  {
    id: 'exception',
    writer: 'worker',
    kinds: LIFELONG,
    // A traceback may come as one entry of many lines or line by line; either way it ends with the exception.
    pattern: () =>
      '(?:^|\\n)((?:[A-Za-z_][A-Za-z0-9_]*[.])*[A-Z][A-Za-z0-9]*(?:Error|Exception)(?::[^\\n]*)?)(?:\\n|$)',
  },
];

/** Makes text match itself in an RE2 pattern. */
const literal = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** Patterns of the lines that concern an object, by who writes them. */
export function getSignaturePatterns({
  kind,
  namespace,
  name,
}: ObjectRef): Array<{ id: LogSignatureId; writer: LogSignatureSource; pattern: string }> {
  return LOG_SIGNATURES.filter(({ kinds }) => kinds.includes(kind)).map(({ id, writer, pattern }) => ({
    id,
    writer,
    pattern: pattern(literal(namespace), literal(name)),
  }));
}

export interface SignatureMatch {
  id: LogSignatureId;
  line: LogFact;
  /** What the line tells, for example a number of samples; empty where its pattern has no group. */
  value: string;
}

const WRITER: Partial<Record<string, LogSignatureSource>> = { gm: 'gm', lc: 'lc' };

/** Reads lines, oldest first, as signs about one object; a line is one sign at most. */
export function matchLogSignatures(object: ObjectRef, lines: readonly LogFact[]): SignatureMatch[] {
  if (lines.length === 0) {
    return [];
  }
  const compiled = getSignaturePatterns(object).map(({ pattern, ...sign }) => ({
    ...sign,
    pattern: new RegExp(pattern),
  }));
  const ofWriter = {
    gm: compiled.filter(({ writer }) => writer === 'gm'),
    lc: compiled.filter(({ writer }) => writer === 'lc'),
    worker: compiled.filter(({ writer }) => writer === 'worker'),
  };
  return lines.flatMap((line): SignatureMatch[] => {
    const text = stripAnsi(line.text);
    for (const { id, pattern } of ofWriter[WRITER[line.container] ?? 'worker']) {
      const match = pattern.exec(text);
      if (match) {
        return [{ id, line, value: match[1] ?? '' }];
      }
    }
    return [];
  });
}

/** The signs among some lines, to be asked by id. */
export class SignatureMatches {
  constructor(private readonly found: readonly SignatureMatch[]) {}

  /** All of some ids, oldest first. */
  all(...ids: LogSignatureId[]): SignatureMatch[] {
    return this.found.filter(({ id }) => ids.includes(id));
  }

  /** The newest of some ids. */
  last(...ids: LogSignatureId[]): SignatureMatch | undefined {
    const all = this.all(...ids);
    return all[all.length - 1];
  }
}
