import { Counter, Gauge, Registry } from 'prom-client';
import { findMetric } from '../../src/sedna/catalog';

/** Metrics about the exporter and its sources. Names and help come from the catalog. */
export class SelfMetrics {
  private readonly registry = new Registry();
  private knowledgeBaseUpGauge?: Gauge;
  private readonly readDurationGauge = this.createGauge('sedna_exporter_read_duration_seconds');
  private readonly lastSuccessGauge = this.createGauge('sedna_exporter_source_last_success_timestamp_seconds');
  private readonly objectCountGauge = this.createGauge('sedna_exporter_objects');
  private readonly resourceUpGauge = this.createGauge('sedna_exporter_resource_up');
  private readonly errorCounter = this.createCounter('sedna_exporter_errors_total');

  private journalCounter?: Counter;
  private journalFailureCounter?: Counter;
  private journalPostponedCounter?: Counter;
  private journalLossCounter?: Counter;

  /** Starts the counters of the journal at 0. Without a journal, there are none. */
  initJournal(whats: readonly string[], parts: readonly string[], getBacklog: () => number): void {
    this.journalCounter = this.createCounter('sedna_exporter_journal_entries_total');
    whats.forEach((what) => this.journalCounter?.inc({ what }, 0));
    this.journalFailureCounter = this.createCounter('sedna_exporter_journal_failures_total');
    parts.forEach((part) => this.journalFailureCounter?.inc({ part }, 0));
    this.journalPostponedCounter = this.createCounter('sedna_exporter_journal_postponed_total');
    this.journalLossCounter = this.createCounter('sedna_exporter_journal_lost_objects_total');
    new Gauge({
      ...getMetricOptions('sedna_exporter_journal_backlog_entries'),
      registers: [this.registry],
      collect() {
        this.set(getBacklog());
      },
    });
  }

  countJournalEntry(what: string): void {
    this.journalCounter?.inc({ what });
  }

  countJournalPostponed(): void {
    this.journalPostponedCounter?.inc();
  }

  countJournalLoss(): void {
    this.journalLossCounter?.inc();
  }

  countJournalFailure(part: string): void {
    this.journalFailureCounter?.inc({ part });
  }

  /** Creates the series on the first call, so that it is absent without a knowledge base. */
  setKnowledgeBaseUp(up: boolean): void {
    this.knowledgeBaseUpGauge ??= this.createGauge('sedna_knowledge_base_up');
    this.knowledgeBaseUpGauge.set(up ? 1 : 0);
  }

  /** Starts the counters of a source at 0, so that the first error is an increase. */
  initErrorCounters(source: string, causes: readonly string[]): void {
    causes.forEach((cause) => this.errorCounter.inc({ source, cause }, 0));
  }

  countError(source: string, cause: string): void {
    this.errorCounter.inc({ source, cause });
  }

  setReadDuration(source: string, seconds: number): void {
    this.readDurationGauge.set({ source }, seconds);
  }

  /** @param time milliseconds since 1970, now by default */
  setLastSuccess(source: string, time = Date.now()): void {
    this.lastSuccessGauge.set({ source }, time / 1000);
  }

  /** Sets whether a resource is readable. Undefined removes the series of a resource that isn't installed. */
  setResourceUp(resource: string, up: boolean | undefined): void {
    if (up === undefined) {
      this.resourceUpGauge.remove({ resource });
    } else {
      this.resourceUpGauge.set({ resource }, up ? 1 : 0);
    }
  }

  /** Sets the number of objects. Undefined removes the series of a resource that has never been read. */
  setObjectCount(resource: string, count: number | undefined): void {
    if (count === undefined) {
      this.objectCountGauge.remove({ resource });
    } else {
      this.objectCountGauge.set({ resource }, count);
    }
  }

  /** Returns all metrics in the Prometheus text format. */
  text(): Promise<string> {
    return this.registry.metrics();
  }

  private createCounter(name: string): Counter {
    return new Counter({ ...getMetricOptions(name), registers: [this.registry] });
  }

  private createGauge(name: string): Gauge {
    return new Gauge({ ...getMetricOptions(name), registers: [this.registry] });
  }
}

/** @throws if the catalog doesn't have the metric */
function getMetricOptions(name: string) {
  const entry = findMetric(name);
  if (!entry) {
    throw new Error(`${name} is not in the metric catalog`);
  }
  return { name, help: entry.help, labelNames: [...entry.labels] };
}
