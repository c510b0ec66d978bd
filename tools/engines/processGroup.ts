import type { ManagedProcess } from './managedProcess';

/**
 * Engines that belong together. Stops them in reverse order, also when this process is asked to end
 * (SIGINT, SIGTERM, SIGHUP); then it exits with 128 plus the number of the signal, as a shell would report it.
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
   * Starts an engine as part of the stack; where that fails, everything that was started before is stopped first.
   * @example const etcd = await stack.add(startEtcd({ dir }));
   */
  async add<T extends ManagedProcess>(starting: Promise<T>): Promise<T> {
    try {
      const engine = await starting;
      this.processes.push(engine);
      if (this.stopping) {
        await engine.stop();
        throw new Error(`the stack was stopped while ${engine.name} started`);
      }
      return engine;
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  /** Stops all, the newest first. May be called twice. */
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
