import { MINUTE } from './clock';
import { Components } from './components/components';
import { healthyJobs, oddJobs, stuckJobs } from '../scenarios/lifelongJobs';
import { otherKinds } from '../scenarios/otherKinds';
import { GlobalManager } from './components/globalManager';
import { createKernel, type Kernel } from './kernel';
import { KnowledgeBase } from './knowledge-base/knowledgeBase';
import { lcWithoutGm, logLcStart } from './components/localController';
import { NODES, SimNode, type Outage } from './nodes';
import type { SimulationContext } from './simulationContext';
import type { Effect, Process } from './types';

export interface WorldOptions {
  /** The same seed and start produce the same effects, regardless of the steps in which time advances. */
  seed: number;
  /** Start of the simulated time. */
  start: Date;
  /** Adds objects to the nodes and the components of Sedna. By default all scenarios and an outage. */
  scenario?: Scenario;
}

export type Scenario = (context: SimulationContext) => void;

/** A simulated cluster with Sedna. It does no I/O, and returns changes as effects. */
export interface World {
  readonly start: Date;
  /** The simulated time. */
  readonly now: Date;
  /**
   * Advances the simulated time.
   * @returns the effects since the last call, in order
   * @throws RangeError if the time is in the past
   */
  advanceTo(date: Date): Effect[];
}

/** Namespaces of the scenarios, which a driver must create. */
export const NAMESPACES = ['default', 'factory', 'sedna', 'kube-node-lease'] as const;

/** Node that goes offline every three hours: 95 minutes after the start, for 50 minutes. */
const OFFLINE_NODE = 'edge1';
const OUTAGE: Outage = { from: 95 * MINUTE, to: 145 * MINUTE };
const OUTAGE_PERIOD = 180 * MINUTE;

function* outages(context: SimulationContext, node: SimNode): Process {
  const { kernel, components, gm } = context;
  const disconnect = function* (): Process {
    yield OUTAGE.from + 1;
    const { name } = node.spec;
    yield* lcWithoutGm(components, gm, name, () => kernel.isOffline(name));
  };
  for (;;) {
    kernel.spawn(node.outage(OUTAGE));
    kernel.spawn(disconnect());
    yield OUTAGE_PERIOD;
  }
}

function populate(kernel: Kernel, scenario?: Scenario): void {
  const nodes = NODES.map((spec) => new SimNode(kernel, spec));
  const names = NODES.map((spec) => spec.name);
  const components = new Components(kernel, names[0], names);
  names.forEach((name) => logLcStart(components, kernel, name));
  const gm = new GlobalManager(kernel, components);
  const kb = new KnowledgeBase(kernel, components);
  const context: SimulationContext = { kernel, components, gm, kb };
  if (scenario) {
    scenario(context);
    return;
  }
  healthyJobs(context);
  stuckJobs(context);
  oddJobs(context);
  otherKinds(context);
  kernel.spawn(
    outages(
      context,
      nodes.find((node) => node.spec.name === OFFLINE_NODE)!
    )
  );
}

/** Creates a simulated cluster at its start time. */
export function createWorld({ seed, start, scenario }: WorldOptions): World {
  const kernel = createKernel(seed, start);
  populate(kernel, scenario);
  return {
    start,
    get now() {
      return new Date(kernel.now);
    },
    advanceTo(date) {
      const time = date.getTime();
      if (time < kernel.now) {
        throw new RangeError(`Can't go back from ${new Date(kernel.now).toISOString()} to ${date.toISOString()}`);
      }
      return kernel.runTo(time);
    },
  };
}
