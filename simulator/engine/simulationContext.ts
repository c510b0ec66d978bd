import type { Components } from './components/components';
import type { GlobalManager } from './components/globalManager';
import type { Kernel } from './kernel';
import type { KnowledgeBase } from './knowledge-base/knowledgeBase';

/** What every actor of the world works with. */
export interface SimulationContext {
  kernel: Kernel;
  components: Components;
  gm: GlobalManager;
  kb: KnowledgeBase;
}
