import { STAGED } from '../../detection/kinds';
import {
  getConditionAge,
  getStateStart,
  hasCondition,
  toConditionEvidence,
  toLineEvidence,
  type Rule,
} from '../../rule';
import type { RuleFile, RuleScenarios } from '../../ruleFile';
import { CLOCK_DRIFT_SECONDS, GM_RESYNC_TIMEOUT_SECONDS } from '../../thresholds';

/** The global manager can't create the pod of a stage, which only its log shows. */
export const rule: Rule = {
  id: 'pod-refused',
  severity: 'error',
  verdict: 'stuck',
  kinds: STAGED,
  requires: ['condition-time', 'logs'],
  applies: hasCondition('Train/Ready', 'Eval/Ready'),
  holdFor: 60,
  detect: (context) => {
    const { facts, signatures } = context;
    const { stage } = facts.condition!;
    const since = getStateStart(facts)!;
    const refusals = signatures.all('pod-refused').filter(({ line }) => line.time >= since - CLOCK_DRIFT_SECONDS);
    if (refusals.length === 0 || getConditionAge(context) <= GM_RESYNC_TIMEOUT_SECONDS) {
      return undefined;
    }
    return {
      since,
      params: { stage, cause: refusals[refusals.length - 1].value },
      evidence: [...toLineEvidence(refusals), toConditionEvidence(context)],
    };
  },
  text: {
    name: 'Pod creation refused',
    getCases: ({ cause }) => (cause ? ['logged'] : []),
    cases: {
      default: {
        title: "{{stage}} pod can't be created",
        cause: 'The global manager fails to create the pod, and reports it only in its log',
        advice:
          'Create the secret or dataset that the job names and its namespace lacks. The global manager retries by itself.',
      },
      logged: { cause: 'Global manager: {{cause}}' },
    },
  },
};

export const scenarios: RuleScenarios = { shows: ['stuck-ready-secret'], nearMisses: ['robo-demo'] };

export const noAlert: RuleFile['noAlert'] = {
  reason: 'Only log lines show the reason. SednaJobNoProgress fires for the same job',
};

export const runbook = `## Meaning

A lifelong learning job has been in Train/Ready or Eval/Ready for more than 2 minutes. The global manager logs that it can't
create the pod.

## Impact

The stage can't start. The status doesn't show the error. In Train, Sedna repeats Ready whenever enough new samples arrive,
and the samples of each extra Ready are never trained on.

## Diagnosis

1. Open the job, then the **Diagnosis** tab. The finding quotes the global manager.
2. Or search the logs of the global manager. It logs this error at level INFO:

   \`\`\`logql
   {namespace="sedna", container="gm"} |= "<namespace>/<job>" |= "failed to be updated, err:"
   \`\`\`

   The expected output is empty. Otherwise, the end of the line names the cause, for example:

   \`\`\`text
   lifelonglearning job default/<job> failed to be updated, err:failed to get the secret <secret> for lifelonglearning job <job>: secrets "<secret>" not found
   \`\`\`

Sedna writes no Kubernetes event for this error.

## Mitigation

1. If a dataset or secret is missing, create it in the namespace of the job.
2. If an admission policy or quota refuses the pod, correct the template, policy, or quota.
3. If the error is \`empty input from condData\`, the condition has no model. Delete the job and create it again.
4. Wait. Otherwise, the global manager retries by itself.
`;
