import type { Sample } from '../../http/exposition';

/** A series of a custom metric. */
export interface CachedSeries extends Sample {
  value: number;
  /** `last_time` as it is in the database. */
  lastTime: string | null;
  /** Number of the last read that contained it. */
  lastRead: number;
}

interface FamilyCache {
  /** By formatted labels. */
  byLabels: Map<string, CachedSeries>;
  /** By list of label names, then by list of label values as they are in the database. */
  byLabelValues: Map<string, Map<string | null, CachedSeries>>;
}

/** Number of aborted reads in a row after which the cache is cleared. */
const MAX_UNFINISHED_READS = 10;

/**
 * Caches the formatted labels of series between reads. Nearly all of 100,000 series are unchanged from one read to the
 * next, and formatting labels takes longer than reading the rows. Values aren't reused.
 */
export class SeriesCache {
  private readonly families = new Map<string, FamilyCache>();
  private readCount = 0;
  private unfinishedReads = 0;

  /** Starts a read and returns its number. */
  beginRead(): number {
    this.readCount += 1;
    this.unfinishedReads += 1;
    if (this.unfinishedReads > MAX_UNFINISHED_READS) {
      this.families.clear();
    }
    return this.readCount;
  }

  family(name: string): FamilyCache {
    let family = this.families.get(name);
    if (!family) {
      family = { byLabels: new Map(), byLabelValues: new Map() };
      this.families.set(name, family);
    }
    return family;
  }

  /**
   * Ends a read: evicts families that are gone or more than half outdated.
   * @param seriesByFamily number of series seen, by family
   */
  endRead(seriesByFamily: ReadonlyMap<string, number>): void {
    this.unfinishedReads = 0;
    for (const [name, { byLabels, byLabelValues }] of this.families) {
      const cached = Math.max(byLabels.size, ...[...byLabelValues.values()].map(({ size }) => size));
      const count = seriesByFamily.get(name) ?? 0;
      if (count === 0 || cached > 2 * count) {
        this.families.delete(name);
      }
    }
  }
}
