import { MINUTE, rfc3339 } from '../clock';
import type { Components } from '../components/components';
import type { Kernel } from '../kernel';
import { createSednaObject } from '../pods';
import type { KubeObject, Process } from '../types';

export interface DatasetOptions {
  namespace: string;
  name: string;
  /** Path on the node, or an S3 URL. */
  url: string;
  /** The LC supports only `csv` and `txt`. */
  format: string;
  node: string;
  /** Samples at the start of the simulation. */
  initial: number;
  /** New samples per minute. The LC reads the file every 60 s. */
  perMinute: number;
  credentialName?: string;
  /** The file doesn't exist, so the LC never counts samples. */
  unreadable?: boolean;
  /** The Dataset object doesn't exist, although a job refers to it. */
  absent?: boolean;
}

/** A Dataset with a growing file. `samples` is the number that the LC of its node has counted. */
export class SimDataset {
  readonly object: KubeObject;
  samples: number;
  /** Last number that the LC reported. A restarted LC has reported none. */
  private reportedSamples = 0;

  constructor(
    private readonly kernel: Kernel,
    private readonly components: Components,
    readonly options: DatasetOptions
  ) {
    const { namespace, name, url, format, node, credentialName } = options;
    this.object = createSednaObject(kernel, 'Dataset', namespace, name, {
      url,
      format,
      nodeName: node,
      ...(credentialName ? { credentialName } : {}),
    });
    this.samples = options.initial;
    kernel.spawn(this.poll());
  }

  /** Resets the reported number, as a restart of the LC does. */
  forget(): void {
    this.reportedSamples = 0;
  }

  get key(): string {
    return `${this.options.namespace}/dataset/${this.options.name}`;
  }

  /** Name of the dataset if its object doesn't exist. */
  get missingName(): string | undefined {
    return this.options.absent ? this.options.name : undefined;
  }

  /** Error of the LC when it reads the file, or undefined. */
  get readError(): string | undefined {
    const { format, unreadable } = this.options;
    if (!['csv', 'txt'].includes(format)) {
      return `dataset format(${format}) is invalid`;
    }
    return unreadable ? `url(${this.source}) does not exists` : undefined;
  }

  private get source(): string {
    const { url } = this.options;
    return url.startsWith('s3://') ? url : `/rootfs${url}`;
  }

  private *poll(): Process {
    const { kernel, components, options, readError, source } = this;
    if (options.absent) {
      return;
    }
    const random = kernel.random.fork(`dataset/${this.key}`);
    if (readError) {
      kernel.apply(this.object);
      for (;;) {
        components.lcLog(
          options.node,
          'E',
          'dataset.go:181',
          `dataset(name=${this.key}) get samples from ${source} failed, error: ${readError}`
        );
        yield MINUTE;
      }
    }
    for (let first = true; ; first = false) {
      const newSamples = first ? 0 : Math.round(random.around(options.perMinute, 0.25));
      this.samples += newSamples;
      // The LC logs and reports only a changed number.
      if (this.samples !== this.reportedSamples) {
        this.reportedSamples = this.samples;
        this.object.status = { numberOfSamples: this.samples, updateTime: rfc3339(kernel.now) };
        kernel.apply(this.object);
        const text = `get samples from data source(url=${source}) successfully. number of samples: ${this.samples}`;
        components.lcLog(options.node, 'I', 'dataset.go:186', `dataset(name=${this.key}) ${text}`);
      }
      yield MINUTE;
    }
  }
}
