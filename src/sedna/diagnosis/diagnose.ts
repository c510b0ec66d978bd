/** Runs the rules over the facts about one object. */
import { FACT_NAMES, isKnown, type FactName, type Facts } from './facts';
import { LIFELONG_RULES } from './lifelongRules';
import type { RuleContext, Finding, Rule, RuleId, InconclusiveReason } from './rule';
import { SHARED_RULES } from './sharedRules';
import { matchLogSignatures, SignatureMatches } from '../logs/signatures';
import { NODE_OFFLINE_AFTER } from './thresholds';

/** Why a rule could not judge: facts that are missing, nodes that are or were just away, lines that do not reach back. */
export interface SkippedRule {
  rule: RuleId;
  /** Facts that it needs; of `oneOf` any is enough. */
  needs: readonly FactName[];
  oneOf: readonly FactName[];
  /** Nodes whose reports are old, or may still be on their way. */
  unsteadyNodes: readonly string[];
  /** What no line of the time range tells. */
  untold?: InconclusiveReason;
}

export interface Diagnosis {
  /** Errors first, in the order of the rules. */
  findings: readonly Finding[];
  skippedRules: readonly SkippedRule[];
  /** Rules that looked and found nothing, or that are about another state than the object is in. */
  passedRules: readonly RuleId[];
}

export const RULES: readonly Rule[] = [...SHARED_RULES, ...LIFELONG_RULES];

/** Those of the nodes that a rule goes by that are away, or were a while ago. */
function unsteadyNodes({ nodes = [], workers = [] }: Facts, by: NonNullable<Rule['requiresOnlineNodes']>): string[] {
  return nodes
    .filter(({ leaseAge, worstLeaseAge }) => Math.max(leaseAge, worstLeaseAge) > NODE_OFFLINE_AFTER)
    .map(({ node }) => node)
    .filter((node) => by === 'any-node' || workers.some((worker) => worker.node === node));
}

function missing({ id, requires, requiresAny = [], requiresOnlineNodes }: Rule, facts: Facts): SkippedRule | undefined {
  const lacking = requires.filter((name) => !isKnown(facts, name));
  const lacksAll = requiresAny.length > 0 && !requiresAny.some((name) => isKnown(facts, name));
  const away = requiresOnlineNodes ? unsteadyNodes(facts, requiresOnlineNodes) : [];
  return lacking.length > 0 || lacksAll || away.length > 0
    ? { rule: id, needs: lacking, oneOf: lacksAll ? requiresAny : [], unsteadyNodes: away }
    : undefined;
}

const ORDER = { error: 0, warning: 1 };

/**
 * Judges an object.
 * @param now Unix time in seconds at which the facts were gathered
 */
export function diagnose(facts: Facts, now: number, rules: readonly Rule[] = RULES): Diagnosis {
  const signs = new SignatureMatches(matchLogSignatures(facts.object, facts.logs ?? []));
  const context: RuleContext = { facts, now, signs };
  const found: Finding[] = [];
  const notJudged: SkippedRule[] = [];
  const clear: RuleId[] = [];
  for (const rule of rules.filter(({ kinds }) => kinds.includes(facts.object.kind))) {
    // A rule about another state has nothing to look at; where the state is not known, that is what it lacks.
    const lacks = rule.applies && facts.condition && !rule.applies(facts) ? undefined : missing(rule, facts);
    if (lacks) {
      notJudged.push(lacks);
      continue;
    }
    const applies = !rule.applies || rule.applies(facts);
    const untold = applies ? rule.getInconclusiveReason?.(context) : undefined;
    if (untold) {
      notJudged.push({ rule: rule.id, needs: [], oneOf: [], unsteadyNodes: [], untold });
      continue;
    }
    const finding = applies ? rule.detect(context) : undefined;
    if (finding) {
      found.push({ rule: rule.id, severity: rule.severity, ...finding });
    } else {
      clear.push(rule.id);
    }
  }
  const yields = ({ rule }: Finding) =>
    rules.find(({ id }) => id === rule)?.suppressedBy?.some((better) => found.some((other) => other.rule === better));
  return {
    findings: found.filter((finding) => !yields(finding)).sort((a, b) => ORDER[a.severity] - ORDER[b.severity]),
    skippedRules: notJudged,
    passedRules: clear,
  };
}

/** Facts that would let more rules judge, in the order of {@link FACT_NAMES}. */
export function getMissingFacts({ skippedRules }: Diagnosis): FactName[] {
  const lacking = new Set(skippedRules.flatMap(({ needs, oneOf }) => [...needs, ...oneOf]));
  return FACT_NAMES.filter((name) => lacking.has(name));
}
