import { MINUTE, rfc3339 } from '../clock';
import type { Components } from '../components/components';
import type { Kernel } from '../kernel';
import { createSednaObject } from '../pods';
import type { KubeObject, Process } from '../types';

export interface DatasetOptions {
  namespace: string;
  name: string;
  /** Path on the node or s3 URL. */
  url: string;
  /** `csv` or `txt`; the LC reads no other. */
  format: string;
  node: string;
  /** Samples at the start of the world. */
  initial: number;
  /** Samples that each minute adds: the LC looks at the file every 60 s. */
  perMinute: number;
  credentialName?: string;
  /** The LC cannot read it: nothing is ever counted. */
  unreadable?: boolean;
  /** It is named, and nobody has created it. */
  absent?: boolean;
}

/** A Dataset whose file grows; `samples` is what its node's LC has counted so far. */
export class SimDataset {
  readonly object: KubeObject;
  samples: number;
  /** What the LC has reported last; one that restarts has reported nothing. */
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

  /** What a restart of the LC does. */
  forget(): void {
    this.reportedSamples = 0;
  }

  get key(): string {
    return `${this.options.namespace}/dataset/${this.options.name}`;
  }

  /** Its name, where it is not there. */
  get missingName(): string | undefined {
    return this.options.absent ? this.options.name : undefined;
  }

  /** Why the LC cannot read it. */
  get readError(): string | undefined {
    const { format, unreadable } = this.options;
    if (!['csv', 'txt'].includes(format)) {
      return `dataset format(${format}) is invalid`;
    }
    return unreadable ? `url(${this.source}) does not exist` : undefined;
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
      // It says that it has read the file, and reports, only when there is another number of samples.
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
