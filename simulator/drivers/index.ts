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

/** Writes effects with the drivers. Objects come first, because names of log files may contain their uids. */
export async function applyEffects(drivers: Drivers, effects: readonly Effect[]): Promise<void> {
  const isObject = (effect: Effect): effect is ApplyEffect | DeleteEffect =>
    effect.type === 'apply' || effect.type === 'delete';
  try {
    await drivers.api?.apply(effects.filter(isObject));
  } finally {
    writeFiles(drivers, effects);
  }
}

function writeFiles({ logs, knowledgeBase }: Drivers, effects: readonly Effect[]): void {
  const statements: KbEffect[] = [];
  for (const effect of effects) {
    if (effect.type === 'log') {
      logs?.add(effect);
    } else if (effect.type === 'kb') {
      statements.push(effect);
    } else if (effect.type === 'kb-file') {
      knowledgeBase?.replaceBy(effect.file);
    }
  }
  logs?.flush();
  knowledgeBase?.write(statements);
}
