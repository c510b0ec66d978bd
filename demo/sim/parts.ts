import type { Components } from './components';
import type { GlobalManager } from './globalManager';
import type { Kernel } from './kernel';
import type { KnowledgeBase } from './knowledgeBase';

/** What every actor of the world works with. */
export interface Parts {
  kernel: Kernel;
  components: Components;
  gm: GlobalManager;
  kb: KnowledgeBase;
}
