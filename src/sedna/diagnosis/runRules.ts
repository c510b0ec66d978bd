/** Runs some rules over the facts about one object. Apart from `diagnose`, so that a list loads only the rules that it needs. */
import { matchLogSignatures, SignatureMatches } from '../logs/signatures';
import { getUnstableNodes, isOutdated } from './detection/freshness';
import { FACT_NAMES, isKnown, type FactName, type Facts, type WorkerFact } from './facts';
import type { Finding, InconclusiveReason, Rule, RuleContext, RuleResult, Severity } from './rule';
import type { RuleId } from './rules/ids';

/** Why a rule was skipped: missing facts, offline nodes, or log lines that don't reach back far enough. */
export interface SkippedRule {
  rule: RuleId;
  /** Missing facts that it requires, all of them. */
  requires: readonly FactName[];
  /** Missing facts of which it requires any one. */
  requiresAny: readonly FactName[];
  /** Nodes whose reports are outdated, or may still be on their way. */
  unstableNodes: readonly string[];
  /** What no line of the time range shows. */
  inconclusiveReason?: InconclusiveReason;
}

export interface Diagnosis {
  /** Errors first, then in the order of the rules. */
  findings: readonly Finding[];
  skippedRules: readonly SkippedRule[];
  /** Rules that found nothing, or that are about another state than the object is in. */
  passedRules: readonly RuleId[];
}

function getSkippedRule(
  { id, requires, requiresAny = [], requiresOnlineNodes }: Rule,
  facts: Facts
): SkippedRule | undefined {
  const missing = requires.filter((name) => !isKnown(facts, name));
  const missesAll = requiresAny.length > 0 && !requiresAny.some((name) => isKnown(facts, name));
  const unstableNodes = requiresOnlineNodes === 'any-node' ? getUnstableNodes(facts) : [];
  return missing.length > 0 || missesAll || unstableNodes.length > 0
    ? { rule: id, requires: missing, requiresAny: missesAll ? requiresAny : [], unstableNodes }
    : undefined;
}

const withoutWorkers = (context: RuleContext, outdated: readonly WorkerFact[]): RuleContext => ({
  ...context,
  facts: { ...context.facts, workers: context.facts.workers?.filter((worker) => !outdated.includes(worker)) },
});

/** The finding that Prometheus recorded for a rule, with its labels as parameters. */
function findRecorded(rule: RuleId, { recordedFindings = [] }: Facts): RuleResult | undefined {
  const found = recordedFindings.filter((each) => each.rule === rule);
  return found.length === 0
    ? undefined
    : { params: found[0].labels, evidence: [{ query: 'recorded-finding', values: { rule, count: found.length } }] };
}

const SEVERITY_ORDER: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/**
 * Judges an object by some rules.
 * @param now Unix time in seconds at which the facts were gathered
 */
export function runRules(facts: Facts, now: number, rules: readonly Rule[]): Diagnosis {
  const signatures = new SignatureMatches(matchLogSignatures(facts.object, facts.logs ?? []));
  const context: RuleContext = { facts, now, signatures };
  const found: Finding[] = [];
  const skippedRules: SkippedRule[] = [];
  const passedRules: RuleId[] = [];
  for (const rule of rules.filter(({ kinds }) => kinds.includes(facts.object.kind))) {
    // A rule about another state has nothing to judge; where the state is unknown, that is the missing fact.
    const skipped = rule.applies && facts.condition && !rule.applies(facts) ? undefined : getSkippedRule(rule, facts);
    if (skipped) {
      skippedRules.push(skipped);
      continue;
    }
    const applies = !rule.applies || rule.applies(facts);
    const inconclusiveReason = applies ? rule.getInconclusiveReason?.(context) : undefined;
    if (inconclusiveReason) {
      skippedRules.push({ rule: rule.id, requires: [], requiresAny: [], unstableNodes: [], inconclusiveReason });
      continue;
    }
    const detect = rule.detect ?? (() => findRecorded(rule.id, facts));
    const outdated =
      applies && rule.requiresOnlineNodes === 'worker-nodes'
        ? (facts.workers ?? []).filter((worker) => isOutdated(worker, facts))
        : [];
    // A worker whose state is outdated proves nothing, the others may.
    const finding = applies ? detect(outdated.length > 0 ? withoutWorkers(context, outdated) : context) : undefined;
    if (finding) {
      found.push({ rule: rule.id, severity: rule.severity, ...finding });
    } else if (outdated.length > 0) {
      const unstableNodes = [...new Set(outdated.map(({ node = '' }) => node))];
      skippedRules.push({ rule: rule.id, requires: [], requiresAny: [], unstableNodes });
    } else {
      passedRules.push(rule.id);
    }
  }
  const isSuppressed = ({ rule }: Finding) =>
    rules.find(({ id }) => id === rule)?.suppressedBy?.some((better) => found.some((other) => other.rule === better));
  return {
    findings: found
      .filter((finding) => !isSuppressed(finding))
      .sort((a, b) => SEVERITY_ORDER[a.severity] - SEVERITY_ORDER[b.severity]),
    skippedRules,
    passedRules,
  };
}

/** Facts that would let more rules decide, in the order of {@link FACT_NAMES}. */
export function getMissingFacts({ skippedRules }: Pick<Diagnosis, 'skippedRules'>): FactName[] {
  const missing = new Set(skippedRules.flatMap(({ requires, requiresAny }) => [...requires, ...requiresAny]));
  return FACT_NAMES.filter((name) => missing.has(name));
}
