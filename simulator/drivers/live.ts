import { setTimeout as sleep } from 'node:timers/promises';
import { applyEffects, type Drivers } from '.';
import type { World } from '../engine/world';

export interface LiveOptions {
  world: World;
  drivers: Drivers;
  /** Ends the run, after the tick under way. */
  signal: AbortSignal;
  /** Told of a tick that could not be written; without it the error ends the run. */
  onError?: (error: unknown) => void;
}

const TICK_MS = 1000;

/**
 * Goes on in real time, one tick a second, until the signal aborts. A world that is behind catches up at once; one
 * that is ahead waits. Leases are renewed by the world's own nodes.
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
