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
import { CLOCK_DRIFT_SECONDS, LC_RETRY_TIMEOUT_SECONDS } from '../../thresholds';

/** Difference between the clocks of the local controller's node and of the global manager that is ignored. */
const CLOCK_SKEW_SECONDS = 10;
/** Time around a trigger in which `model is nil` says that the local controller sent nothing. */
const SAME_STEP_SECONDS = 5;

/**
 * The local controller (LC) triggered a stage, but the condition Ready isn't there: the global manager (GM) replaced it, or
 * the message got lost. The LC doesn't send it again.
 */
export const rule: Rule = {
  id: 'condition-lost',
  severity: 'error',
  verdict: 'stuck',
  kinds: STAGED,
  requires: ['condition-time', 'logs'],
  // The same lines without a model are about a lost report.
  suppressedBy: ['report-lost'],
  applies: hasCondition('*/Waiting'),
  holdFor: 60,
  detect: (context) => {
    const { facts, signatures, now } = context;
    const { stage } = facts.condition!;
    const since = getStateStart(facts)!;
    const triggers = signatures
      .all('training-triggered', 'phase-triggered')
      .filter(({ id, value }) => (id === 'training-triggered' ? 'Train' : value) === stage)
      .filter(({ line }) => line.time >= since - CLOCK_SKEW_SECONDS);
    const trigger = triggers[triggers.length - 1];
    if (!trigger) {
      return undefined;
    }
    const isWithoutModel = signatures
      .all('model-missing')
      .some(({ line }) => Math.abs(line.time - trigger.line.time) <= SAME_STEP_SECONDS);
    const age = Math.min(now - trigger.line.time, getConditionAge(context));
    if (isWithoutModel || age <= LC_RETRY_TIMEOUT_SECONDS) {
      return undefined;
    }
    return {
      severity: stage === 'Train' ? 'warning' : 'error',
      since: trigger.line.time,
      params: { stage, isTraining: stage === 'Train' },
      evidence: [
        ...toLineEvidence(triggers),
        toConditionEvidence(context),
        ...toLineEvidence(
          signatures
            .all('status-conflict')
            .filter(({ line }) => Math.abs(line.time - trigger.line.time) <= CLOCK_DRIFT_SECONDS)
        ),
      ],
    };
  },
  text: {
    name: 'Trigger lost',
    getCases: ({ isTraining }) => (isTraining ? ['training'] : []),
    cases: {
      default: {
        title: '{{stage}} was triggered, but the trigger was lost',
        cause:
          "The local controller sent the trigger, and the job has no condition Ready for it. The global manager overwrote the condition with its own copy of the status, or the connection broke. The local controller doesn't send it again.",
        advice:
          'Restart the local controller on the node of the dataset. It triggers the stage again. All jobs of the node then count their rounds from 1 and train on all their samples.',
      },
      training: {
        advice: 'Add samples: the next trigger follows as soon as enough new samples are there',
      },
    },
  },
};

export const scenarios: RuleScenarios = { shows: ['trigger-lost'], nearMisses: ['stuck-report-lost', 'well'] };

export const noAlert: RuleFile['noAlert'] = {
  reason: 'Prometheus has no series of the lines of the trigger; SednaJobNoProgress fires if the job stays',
};

export const runbook = `## Meaning

The local controller logged that it triggered a stage, and a minute later the job is still \`Waiting\` in that stage.

The global manager works on a copy of the job and writes its whole status. What the local controller reported in between is
overwritten. The message also gets lost if the connection between them, or the global manager, breaks at that moment. The
local controller doesn't send it again.

## Impact

- Train: the samples of this trigger are never used. The job continues when enough new samples are there.
- Eval and Deploy: the job stops until the local controller restarts.

## Diagnosis

1. Find the trigger:

   \`\`\`logql
   {namespace="sedna", container="lc"} |= "phase triggering task successfully" |= "<namespace>/" |= "/<job>)"
   \`\`\`

   Expected output is one line for each trigger.

2. Compare with the conditions of the job:

   \`\`\`sh
   kubectl -n <namespace> get <kind> <job> -o jsonpath='{range .status.conditions[*]}{.stage}{" "}{.type}{" "}{.lastTransitionTime}{"\\n"}{end}' | tail -n 5
   \`\`\`

   A \`Ready\` is missing after the \`Waiting\` of the stage.

3. See how often conditions of the job were overwritten:

   \`\`\`promql
   sedna_job_conditions_lost_total{namespace="<namespace>", name="<job>"}
   \`\`\`

   The label \`data="true"\` counts triggers and reports.

## Mitigation

1. Train: append samples to the dataset.
2. Eval or Deploy: delete the pod of the local controller on the node of the dataset. It restarts, and triggers the stage
   again. The rounds of all jobs of that node begin again with 1, and they train on all their samples.
`;
