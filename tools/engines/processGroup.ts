import type { ManagedProcess } from './managedProcess';

/**
 * Processes that start and stop together. Stops them in reverse order, also on SIGINT, SIGTERM, and SIGHUP. This process
 * then exits with 128 plus the signal number, like a shell.
 */
export class ProcessGroup {
  private readonly processes: ManagedProcess[] = [];
  private stopping?: Promise<void>;
  private readonly signals = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;
  private readonly onSignal = (signal: NodeJS.Signals) => {
    const number = this.signals[signal as keyof ProcessGroup['signals']];
    void this.stop().finally(() => process.exit(128 + number));
  };

  constructor() {
    this.eachSignal((signal) => process.on(signal, this.onSignal));
  }

  /**
   * Adds a starting process to the group. If it fails to start, stops the whole group and rethrows the error.
   * @example const etcd = await group.add(startEtcd({ dir }));
   */
  async add<T extends ManagedProcess>(starting: Promise<T>): Promise<T> {
    try {
      const engine = await starting;
      this.processes.push(engine);
      if (this.stopping) {
        await engine.stop();
        throw new Error(`The process group was stopped while ${engine.name} was starting`);
      }
      return engine;
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  /** Stops all processes, the newest first. Can be called twice. */
  stop(): Promise<void> {
    this.stopping ??= this.stopAll();
    return this.stopping;
  }

  private async stopAll(): Promise<void> {
    for (const engine of [...this.processes].reverse()) {
      await engine.stop();
    }
    this.eachSignal((signal) => process.off(signal, this.onSignal));
  }

  private eachSignal(act: (signal: NodeJS.Signals) => void): void {
    (Object.keys(this.signals) as Array<keyof ProcessGroup['signals']>).forEach(act);
  }
}
