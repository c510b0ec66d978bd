import { ApiDriver } from './apiDriver';
import { KnowledgeBaseFile } from './knowledgeBaseFile';
import { LogFiles } from './logFiles';
import type { ApplyEffect, DeleteEffect, Effect, KbEffect } from '../engine/types';

export { ApiDriver, KnowledgeBaseFile, LogFiles };

/** Targets of effects. Effects without a driver are dropped. */
export interface Drivers {
  api?: ApiDriver;
  logs?: LogFiles;
  knowledgeBase?: KnowledgeBaseFile;
}

/** Writes effects with the drivers. */
export async function applyEffects(drivers: Drivers, effects: readonly Effect[]): Promise<void> {
  const objects: Array<ApplyEffect | DeleteEffect> = [];
  const statements: KbEffect[] = [];
  for (const effect of effects) {
    if (effect.type === 'log') {
      drivers.logs?.add(effect);
    } else if (effect.type === 'kb') {
      statements.push(effect);
    } else if (effect.type === 'kb-file') {
      drivers.knowledgeBase?.replaceBy(effect.file);
    } else {
      objects.push(effect);
    }
  }
  drivers.logs?.flush();
  drivers.knowledgeBase?.write(statements);
  await drivers.api?.apply(objects);
}
