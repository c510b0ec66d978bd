import { ApiDriver } from './apiDriver';
import { KnowledgeBaseFile } from './knowledgeBaseFile';
import { LogFiles } from './logFiles';
import type { ApplyEffect, DeleteEffect, Effect, KbEffect } from '../engine/types';

export { ApiDriver, KnowledgeBaseFile, LogFiles };

/** Where the world's effects go; what is absent is left out. */
export interface Drivers {
  api?: ApiDriver;
  logs?: LogFiles;
  knowledgeBase?: KnowledgeBaseFile;
}

/** Hands effects to the drivers and waits until all are written. */
export async function applyEffects(drivers: Drivers, effects: readonly Effect[]): Promise<void> {
  const objects: Array<ApplyEffect | DeleteEffect> = [];
  const statements: KbEffect[] = [];
  for (const effect of effects) {
    if (effect.type === 'log') {
      drivers.logs?.add(effect);
    } else if (effect.type === 'kb') {
      statements.push(effect);
    } else {
      objects.push(effect);
    }
  }
  drivers.logs?.flush();
  drivers.knowledgeBase?.write(statements);
  await drivers.api?.apply(objects);
}
