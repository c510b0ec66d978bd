/** Runs the rules over the facts about one object. */
import { FACT_NAMES, isKnown, type FactName, type Facts } from './facts';
import { LIFELONG_RULES } from './lifelongRules';
import type { Context, Finding, Rule, RuleId, Untold } from './rule';
import { SHARED_RULES } from './sharedRules';
import { readSigns, Signs } from './signs';
import { NODE_OFFLINE_AFTER } from './thresholds';

/** Why a rule could not judge: facts that are missing, nodes that are or were just away, lines that do not reach back. */
export interface NotJudged {
  rule: RuleId;
  /** Facts that it needs; of `oneOf` any is enough. */
  needs: readonly FactName[];
  oneOf: readonly FactName[];
  /** Nodes whose reports are old, or may still be on their way. */
  unsteadyNodes: readonly string[];
  /** What no line of the time range tells. */
  untold?: Untold;
}

export interface Diagnosis {
  /** Errors first, in the order of the rules. */
  findings: readonly Finding[];
  notJudged: readonly NotJudged[];
  /** Rules that looked and found nothing, or that are about another state than the object is in. */
  clear: readonly RuleId[];
}

export const RULES: readonly Rule[] = [...SHARED_RULES, ...LIFELONG_RULES];

/** Those of the nodes that a rule goes by that are away, or were a while ago. */
function unsteadyNodes({ nodes = [], workers = [] }: Facts, by: NonNullable<Rule['steady']>): string[] {
  return nodes
    .filter(({ leaseAge, worstLeaseAge }) => Math.max(leaseAge, worstLeaseAge) > NODE_OFFLINE_AFTER)
    .map(({ node }) => node)
    .filter((node) => by === 'any-node' || workers.some((worker) => worker.node === node));
}

function missing({ id, needs, oneOf = [], steady }: Rule, facts: Facts): NotJudged | undefined {
  const lacking = needs.filter((name) => !isKnown(facts, name));
  const lacksAll = oneOf.length > 0 && !oneOf.some((name) => isKnown(facts, name));
  const away = steady ? unsteadyNodes(facts, steady) : [];
  return lacking.length > 0 || lacksAll || away.length > 0
    ? { rule: id, needs: lacking, oneOf: lacksAll ? oneOf : [], unsteadyNodes: away }
    : undefined;
}

const ORDER = { error: 0, warning: 1 };

/**
 * Judges an object.
 * @param now Unix time in seconds at which the facts were gathered
 */
export function diagnose(facts: Facts, now: number, rules: readonly Rule[] = RULES): Diagnosis {
  const signs = new Signs(readSigns(facts.object, facts.logs ?? []));
  const context: Context = { facts, now, signs };
  const found: Finding[] = [];
  const notJudged: NotJudged[] = [];
  const clear: RuleId[] = [];
  for (const rule of rules.filter(({ kinds }) => kinds.includes(facts.object.kind))) {
    // A rule about another state has nothing to look at; where the state is not known, that is what it lacks.
    const lacks = rule.applies && facts.condition && !rule.applies(facts) ? undefined : missing(rule, facts);
    if (lacks) {
      notJudged.push(lacks);
      continue;
    }
    const applies = !rule.applies || rule.applies(facts);
    const untold = applies ? rule.untold?.(context) : undefined;
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
    rules.find(({ id }) => id === rule)?.yieldsTo?.some((better) => found.some((other) => other.rule === better));
  return {
    findings: found.filter((finding) => !yields(finding)).sort((a, b) => ORDER[a.severity] - ORDER[b.severity]),
    notJudged,
    clear,
  };
}

/** Facts that would let more rules judge, in the order of {@link FACT_NAMES}. */
export function lackingFacts({ notJudged }: Diagnosis): FactName[] {
  const lacking = new Set(notJudged.flatMap(({ needs, oneOf }) => [...needs, ...oneOf]));
  return FACT_NAMES.filter((name) => lacking.has(name));
}
