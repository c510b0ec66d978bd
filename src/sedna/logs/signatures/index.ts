/** Log messages with a meaning: the list of them, and their matches among log lines. */
import { stripAnsi } from '..';
import type { LogFact } from '../../diagnosis/facts';
import type { ObjectRef } from '../../objectRef';
import { GLOBAL_MANAGER_SIGNATURES } from './globalManager';
import { LOCAL_CONTROLLER_SIGNATURES } from './localController';
import type { LogSignature, LogSignatureSource } from './signature';
import { WORKER_SIGNATURES } from './worker';

export type { LogSignatureSource } from './signature';

export type LogSignatureId = (
  typeof LOCAL_CONTROLLER_SIGNATURES | typeof GLOBAL_MANAGER_SIGNATURES | typeof WORKER_SIGNATURES
)[number]['id'];

/** Every signature by the writer of its lines. Of several that match a line, the first counts. */
export const LOG_SIGNATURES: Readonly<Record<LogSignatureSource, ReadonlyArray<LogSignature<LogSignatureId>>>> = {
  lc: LOCAL_CONTROLLER_SIGNATURES,
  gm: GLOBAL_MANAGER_SIGNATURES,
  worker: WORKER_SIGNATURES,
};

const WRITERS = Object.keys(LOG_SIGNATURES) as LogSignatureSource[];

/** Makes text match itself in an RE2 pattern. */
const escapePattern = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

export interface SignaturePattern {
  id: LogSignatureId;
  writer: LogSignatureSource;
  /** RE2. */
  pattern: string;
}

/** Returns the patterns of all lines that concern an object. */
export function getSignaturePatterns({ kind, namespace, name }: ObjectRef): SignaturePattern[] {
  return WRITERS.flatMap((writer) =>
    LOG_SIGNATURES[writer]
      .filter(({ kinds }) => kinds.includes(kind))
      .map(({ id, pattern }) => ({ id, writer, pattern: pattern(escapePattern(namespace), escapePattern(name)) }))
  );
}

export interface SignatureMatch {
  id: LogSignatureId;
  line: LogFact;
  /** First capture group of the pattern, such as the sample count; empty if the pattern has none. */
  value: string;
}

/** Writer by container name; any other container is a worker's. */
const WRITER_BY_CONTAINER: Partial<Record<string, LogSignatureSource>> = { gm: 'gm', lc: 'lc' };

/**
 * Finds the signatures of an object in log lines. A line matches at most one.
 * @param lines - oldest first, as is the result
 */
export function matchLogSignatures(object: ObjectRef, lines: readonly LogFact[]): SignatureMatch[] {
  if (lines.length === 0) {
    return [];
  }
  const compiled = getSignaturePatterns(object).map(({ pattern, ...signature }) => ({
    ...signature,
    pattern: new RegExp(pattern),
  }));
  const byWriter = {
    gm: compiled.filter(({ writer }) => writer === 'gm'),
    lc: compiled.filter(({ writer }) => writer === 'lc'),
    worker: compiled.filter(({ writer }) => writer === 'worker'),
  };
  return lines.flatMap((line): SignatureMatch[] => {
    const text = stripAnsi(line.text);
    for (const { id, pattern } of byWriter[WRITER_BY_CONTAINER[line.container] ?? 'worker']) {
      const match = pattern.exec(text);
      if (match) {
        return [{ id, line, value: match[1] ?? '' }];
      }
    }
    return [];
  });
}

/** Signature matches of an object, by id. */
export class SignatureMatches {
  constructor(private readonly matches: readonly SignatureMatch[]) {}

  /** Returns all matches of some ids, oldest first. */
  all(...ids: LogSignatureId[]): SignatureMatch[] {
    return this.matches.filter(({ id }) => ids.includes(id));
  }

  /** Returns the newest match of some ids. */
  last(...ids: LogSignatureId[]): SignatureMatch | undefined {
    const all = this.all(...ids);
    return all[all.length - 1];
  }
}
