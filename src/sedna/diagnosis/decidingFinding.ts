/** Which finding decides the verdict about an object. Apart from `judge`, so that a list loads no more than it needs. */
import { STAGED } from './detection/kinds';
import type { Facts } from './facts';
import type { Finding, Rule } from './rule';
import type { Diagnosis } from './runRules';

type DecidedVerdict = NonNullable<Rule['verdict']>;

/** Whether a finding has lasted for as long as its rule asks for; true where its start is unknown. */
const hasHeld = ({ since }: Finding, { holdFor }: Rule, at: number): boolean =>
  since === undefined || at - since >= holdFor;

/**
 * Whether a worker of the current stage runs, or has just succeeded, so that a failure of an earlier run is no failure of the
 * job.
 */
const isRunning = ({ object, condition, workers }: Facts): boolean =>
  STAGED.includes(object.kind) &&
  // Without the pods, the condition tells of them, which follows within seconds.
  (workers === undefined
    ? ['Starting', 'Running'].includes(condition?.type ?? '')
    : workers.some(
        ({ phase, waitingReason, type, ended = -Infinity }) =>
          type === condition?.stage.toLowerCase() &&
          ((phase === 'Running' && waitingReason === undefined) ||
            // The global manager has yet to see it.
            (phase === 'Succeeded' && ended >= (condition.since ?? Infinity)))
      ));

/** The verdict that a finding stands for, where it is certain enough for one. */
function getFindingVerdict(finding: Finding, rule: Rule, facts: Facts, at: number): DecidedVerdict | undefined {
  // A format that only a dataset's own page warns about, or a pod that may just be slow.
  const isUncertain = finding.severity !== 'error' && rule.severity === 'error';
  if (isUncertain || !hasHeld(finding, rule, at)) {
    return undefined;
  }
  return rule.verdict === 'failed' && isRunning(facts) ? undefined : rule.verdict;
}

/**
 * Returns the finding that decides the verdict, a failed one before a stuck one; undefined where none does.
 * @param rules those that found the findings
 * @param at Unix time in seconds at which the facts were gathered
 */
export function findDecidingFinding(
  { findings }: Diagnosis,
  rules: readonly Rule[],
  facts: Facts,
  at: number
): [DecidedVerdict, Finding] | undefined {
  for (const verdict of ['failed', 'stuck'] as const) {
    const finding = findings.find(
      (each) =>
        getFindingVerdict(
          each,
          rules.find(({ id }) => id === each.rule)!,
          facts,
          at
        ) === verdict
    );
    if (finding) {
      return [verdict, finding];
    }
  }
  return undefined;
}
