/** Looks for facts in a checkout of kubeedge/sedna, at any of its commits. */
import { execFileSync, spawnSync } from 'node:child_process';
import type { SednaFact } from './facts';

/** Exit code of `git grep` without a match. */
const NO_MATCH = 1;

export class SednaCheckout {
  constructor(private readonly folder: string) {}

  /** Returns the release tags, newest first. */
  getReleases(): string[] {
    return this.git('tag', '--list', 'v*', '--sort=-version:refname').split('\n').filter(Boolean);
  }

  /** Returns the abbreviated commit and its date. */
  describe(ref: string): { commit: string; date: string } {
    const [commit, date] = this.git('log', '-1', '--format=%h %cs', ref).trim().split(' ');
    return { commit, date };
  }

  /** Returns the facts that the source doesn't have. */
  findMissing(ref: string, facts: readonly SednaFact[]): SednaFact[] {
    return facts.filter((fact) => !this.has(ref, fact));
  }

  private has(ref: string, { text, ignoreCase, in: paths }: SednaFact): boolean {
    const patterns = [text].flat().flatMap((each) => ['-e', each]);
    const options = ['grep', '--quiet', '--fixed-strings', ...(ignoreCase ? ['--ignore-case'] : [])];
    const { status, stderr } = spawnSync('git', ['-C', this.folder, ...options, ...patterns, ref, '--', ...paths]);
    if (status !== 0 && status !== NO_MATCH) {
      throw new Error(`git grep in ${ref}: ${String(stderr).trim()}`);
    }
    return status === 0;
  }

  private git(...args: string[]): string {
    return execFileSync('git', ['-C', this.folder, ...args], { encoding: 'utf8' });
  }
}
