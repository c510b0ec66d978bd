import { setTimeout as sleep } from 'node:timers/promises';
import { applyEffects, type Drivers } from '.';
import type { World } from '../engine/world';

export interface LiveOptions {
  world: World;
  drivers: Drivers;
  /** Ends the run after the current tick. */
  signal: AbortSignal;
  /** Called if a tick can't be written. Without it, the error ends the run. */
  onError?: (error: unknown) => void;
}

const TICK_MS = 1000;

/**
 * Runs the simulation in real time with one tick per second, until the signal aborts. Catches up if the simulated time is
 * behind, and waits if it is ahead.
 */
export async function runLive({ world, drivers, signal, onError }: LiveOptions): Promise<void> {
  while (!signal.aborted) {
    const now = new Date();
    if (now > world.now) {
      const effects = world.advanceTo(now);
      try {
        await applyEffects(drivers, effects);
      } catch (error) {
        if (!onError) {
          throw error;
        }
        onError(error);
      }
    }
    await sleep(Math.max(0, TICK_MS - (Date.now() - now.getTime())), undefined, { signal }).catch(() => undefined);
  }
}
