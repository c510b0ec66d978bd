import type { Sample } from '../exposition';

/** A series of a custom metric. */
export interface Series extends Sample {
  value: number;
  /** When the value was written, as the database says it. */
  lastTime: string | null;
  /** Number of the read that saw it last. */
  read: number;
}

interface FamilyMemory {
  /** By the text of their labels. */
  byLabels: Map<string, Series>;
  /** By list of label names, then by list of label values as the database holds it. */
  byValues: Map<string, Map<string | null, Series>>;
}

/** Reads in a row that were given up half-way, after which what they left is dropped. */
const MAX_UNFINISHED = 10;

/**
 * What a read leaves for the next one: the labels of each series, ready to be written. Nearly all of 100,000 series
 * are the same as a moment ago, and to make their labels anew takes longer than to read the rows. Values are not kept.
 */
export class SeriesMemory {
  private readonly families = new Map<string, FamilyMemory>();
  private reads = 0;
  private unfinished = 0;

  /** @returns the number of the read that begins */
  begin(): number {
    this.reads += 1;
    this.unfinished += 1;
    if (this.unfinished > MAX_UNFINISHED) {
      this.families.clear();
    }
    return this.reads;
  }

  family(name: string): FamilyMemory {
    let family = this.families.get(name);
    if (!family) {
      family = { byLabels: new Map(), byValues: new Map() };
      this.families.set(name, family);
    }
    return family;
  }

  /** Forgets families that are gone, and those of which more is gone than is there. @param seen series by family */
  end(seen: ReadonlyMap<string, number>): void {
    this.unfinished = 0;
    for (const [name, { byLabels, byValues }] of this.families) {
      const held = Math.max(byLabels.size, ...[...byValues.values()].map(({ size }) => size));
      const count = seen.get(name) ?? 0;
      if (count === 0 || held > 2 * count) {
        this.families.delete(name);
      }
    }
  }
}
