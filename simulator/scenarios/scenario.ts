/** What a scenario of the simulator is: one thing that happens in a simulated cluster, and what it happens to. */
import type { SimulationContext } from '../engine/simulationContext';

/**
 * Where a scenario is simulated: with everything of the demo, among the faults, or as an end of the collection once the
 * faults are over.
 */
export type World = 'demo' | 'faults' | 'end-of-collection';

export interface SimulatedScenario {
  id: string;
  world: World;
  /** What an alert about it names: an object, a node, a file, or a source; empty for the whole cluster. */
  object: string;
  /** Starts it; absent for a scenario that a function of its world starts. */
  start?: (context: SimulationContext) => void;
}
