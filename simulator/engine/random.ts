/** Seeded random number generator. Each process uses a named fork, so that it doesn't affect the numbers of others. */
export interface Random {
  /** Returns a number from 0 (inclusive) to 1 (exclusive). */
  next(): number;
  /** Returns an integer from `low` to `high`, both inclusive. */
  int(low: number, high: number): number;
  /** Returns a number that differs from `value` by at most the fraction `share`, by default 0.2. */
  around(value: number, share?: number): number;
  pick<T>(items: readonly T[]): T;
  /** Returns characters that Kubernetes uses in generated names: no vowels and no look-alikes. */
  suffix(length: number): string;
  /** Returns a version 4 UUID. */
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

/** Creates a generator. The same seed produces the same numbers on every machine. */
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
