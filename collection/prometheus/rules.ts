import path from 'node:path';
import { toYamlFile, type GeneratedFile } from '../../tools/generators/generatedFiles';
import { FINDINGS } from './groups/findings';
import { INFERENCE } from './groups/inference';
import { JOBS } from './groups/jobs';
import { KNOWLEDGE_BASE } from './groups/knowledgeBase';
import { LOGS } from './groups/logs';
import type { RuleGroup } from './groups/promql';
import { WORKERS } from './groups/workers';

/** Recording rules; within a group they build upon each other in this order. */
export const GROUPS: readonly RuleGroup[] = [JOBS, WORKERS, INFERENCE, KNOWLEDGE_BASE, LOGS, ...FINDINGS];

/** Committed rule file. */
export const FILES: readonly GeneratedFile[] = [
  toYamlFile(path.join(__dirname, 'rules', 'sedna.yaml'), 'collection/prometheus/generate.ts', { groups: GROUPS }),
];
