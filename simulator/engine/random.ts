/** Seeded random numbers. Forks are named, so that one process drawing more does not change what another draws. */
export interface Random {
  /** A number from 0 up to, not including, 1. */
  next(): number;
  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number;
  /** A number around `value`, at most `share` of it away. */
  around(value: number, share?: number): number;
  pick<T>(items: readonly T[]): T;
  /** Characters as Kubernetes uses them in generated names: no vowels, no look-alikes. */
  suffix(length: number): string;
  /** A version 4 uuid. */
  uuid(): string;
  fork(name: string): Random;
}

const NAME_CHARACTERS = 'bcdfghjklmnpqrstvwxz2456789';

function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  }
  return value >>> 0;
}

/** Creates a generator; the same seed gives the same numbers on every machine. */
export function createRandom(seed: number | string): Random {
  const key = String(seed);
  let state = hash(key);
  // mulberry32
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const int = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  const hex = (length: number) => Array.from({ length }, () => int(0, 15).toString(16)).join('');
  return {
    next,
    int,
    around: (value, share = 0.2) => value * (1 + (next() * 2 - 1) * share),
    pick: (items) => items[int(0, items.length - 1)],
    suffix: (length) => Array.from({ length }, () => NAME_CHARACTERS[int(0, NAME_CHARACTERS.length - 1)]).join(''),
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${'89ab'[int(0, 3)]}${hex(3)}-${hex(12)}`,
    fork: (name) => createRandom(`${key}/${name}`),
  };
}
