/** Runs all rules over the facts about one object. */
import type { Facts } from './facts';
import type { Rule } from './rule';
import { RULES } from './rules';
import { runRules, type Diagnosis } from './runRules';

export { getMissingFacts, type Diagnosis, type SkippedRule } from './runRules';

/**
 * Judges an object.
 * @param now Unix time in seconds at which the facts were gathered
 */
export const diagnose = (facts: Facts, now: number, rules: readonly Rule[] = RULES): Diagnosis =>
  runRules(facts, now, rules);
