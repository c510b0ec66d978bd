import type { Components } from './components/components';
import type { GlobalManager } from './components/globalManager';
import type { Kernel } from './kernel';
import type { KnowledgeBase } from './knowledge-base/knowledgeBase';

/** Shared parts of a simulated cluster, which scenarios and jobs use. */
export interface SimulationContext {
  kernel: Kernel;
  components: Components;
  gm: GlobalManager;
  kb: KnowledgeBase;
}
