import { Counter, Gauge, Registry } from 'prom-client';
import { findMetric } from '../src/sedna/catalog';

/** What the exporter tells about itself and its sources; names and help are the catalogue's. */
export class SelfMetrics {
  private readonly registry = new Registry();
  private up?: Gauge;
  private readonly duration = this.gauge('sedna_exporter_read_duration_seconds');
  private readonly lastSuccess = this.gauge('sedna_exporter_source_last_success_timestamp_seconds');
  private readonly objectCount = this.gauge('sedna_exporter_objects');
  private readonly resourceState = this.gauge('sedna_exporter_resource_up');
  private readonly errors = new Counter({ ...described('sedna_exporter_errors_total'), registers: [this.registry] });

  /** The series is there from the first call on: without that source it says nothing. */
  knowledgeBaseUp(up: boolean): void {
    this.up ??= this.gauge('sedna_knowledge_base_up');
    this.up.set(up ? 1 : 0);
  }

  /** Makes the counters of a source start at 0, so that the first error is an increase. */
  declareErrors(source: string, causes: readonly string[]): void {
    causes.forEach((cause) => this.errors.inc({ source, cause }, 0));
  }

  error(source: string, cause: string): void {
    this.errors.inc({ source, cause });
  }

  readDuration(source: string, seconds: number): void {
    this.duration.set({ source }, seconds);
  }

  /** @param time when, in milliseconds since 1970; now unless told */
  succeeded(source: string, time = Date.now()): void {
    this.lastSuccess.set({ source }, time / 1000);
  }

  /** Whether a resource is read; undefined for one that the cluster does not have. */
  resourceUp(resource: string, up: boolean | undefined): void {
    if (up === undefined) {
      this.resourceState.remove({ resource });
    } else {
      this.resourceState.set({ resource }, up ? 1 : 0);
    }
  }

  /** How many objects of a resource are kept; undefined where it was never read. */
  objects(resource: string, count: number | undefined): void {
    if (count === undefined) {
      this.objectCount.remove({ resource });
    } else {
      this.objectCount.set({ resource }, count);
    }
  }

  /** All of it in Prometheus' text format. */
  text(): Promise<string> {
    return this.registry.metrics();
  }

  private gauge(name: string): Gauge {
    return new Gauge({ ...described(name), registers: [this.registry] });
  }
}

/** @throws for a name that the catalogue does not have */
function described(name: string) {
  const entry = findMetric(name);
  if (!entry) {
    throw new Error(`${name} is not in the metric catalogue`);
  }
  return { name, help: entry.help, labelNames: [...entry.labels] };
}
