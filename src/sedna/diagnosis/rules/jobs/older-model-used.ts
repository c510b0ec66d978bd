import type { Stage } from '../../../kinds';
import { COMPARING, STAGED } from '../../detection/kinds';
import {
  isWorkerCutOff,
  jobsCompletedWithoutData,
  jobsWithModel,
  toLostReportEvidence,
  toWithoutDataEvidence,
} from '../../detection/reports';
import { unlessExplainedBy } from '../../promql/jobs';
import { JOB } from '../../promql/labels';
import { getConditionAge, type Rule, type RuleContext } from '../../rule';
import type { PromqlCondition, RuleAlert, RuleScenarios } from '../../ruleFile';
import { REPORT_LOST_AFTER_SECONDS } from '../../thresholds';
import { lostReports } from './report-lost';

const REPORTING_STAGES: readonly Stage[] = ['Train', 'Eval'];
const PREVIOUS: Partial<Record<string, Stage>> = { Eval: 'Train', Deploy: 'Eval' };

/** The stage that has just completed, so that its report may still arrive. */
function getReportingStage(context: RuleContext): string | undefined {
  const { stage = '', type } = context.facts.condition ?? {};
  const completed = type === 'Completed' ? stage : type === 'Waiting' ? PREVIOUS[stage] : undefined;
  return getConditionAge(context) <= REPORT_LOST_AFTER_SECONDS ? completed : undefined;
}

/** The report of a stage was lost, and the job continues with the model of an earlier round, or with none. */
export const rule: Rule = {
  id: 'older-model-used',
  alert: 'SednaOlderModelUsed',
  severity: 'warning',
  kinds: STAGED,
  requires: ['completed-data'],
  suppressedBy: ['report-lost'],
  holdFor: 300,
  detect: (context) => {
    const { completedWithoutData = {} } = context.facts;
    const reporting = getReportingStage(context);
    const lost = REPORTING_STAGES.filter((stage) => completedWithoutData[stage] === true && stage !== reporting);
    return lost.length === 0
      ? undefined
      : {
          params: {
            stages: lost.join(', '),
            count: lost.length,
            isDeployed: context.facts.hasDeployedModel === true,
            isCutOff: isWorkerCutOff(context, lost),
            isOnlyDecision: COMPARING.includes(context.facts.object.kind) && !lost.includes('Train'),
          },
          evidence: [...lost.map(toWithoutDataEvidence), ...toLostReportEvidence(context, lost)],
        };
  },
  text: {
    name: 'Older model in use',
    getCases: ({ isCutOff, isDeployed, isOnlyDecision }) => [
      ...(isCutOff ? ['cut-off'] : []),
      ...(isOnlyDecision ? ['decision'] : []),
      ...(isDeployed ? [] : ['nothing-deployed']),
    ],
    cases: {
      default: {
        title: {
          one: '{{stages}} report lost: an older model is in use',
          other: '{{count}} reports lost ({{stages}}): an older model is in use',
        },
        cause:
          "The stage counts as completed without a result, so the next stage uses that of an earlier round. The global manager overwrote the report with its own status, as it does when both are written within seconds, or the report didn't arrive.",
        advice: 'The next round whose reports arrive fixes this',
      },
      'cut-off': {
        cause:
          "The worker couldn't reach its local controller and still exited with code 0. The stage counts as completed without a result, so the next stage uses that of an earlier round.",
        advice:
          "The next round whose reports arrive fixes this. Until then, check that the local controller on the worker's node is running and listens on its port (9100 by default).",
      },
      decision: { title: '{{stages}} report lost: an earlier evaluation decided whether to deploy' },
      'nothing-deployed': {
        title: {
          one: '{{stages}} report lost: no model is deployed yet',
          other: '{{count}} reports lost ({{stages}}): no model is deployed yet',
        },
        cause:
          'The stage counts as completed without a model, and no earlier round has deployed one, so there is nothing to run inference with',
      },
    },
  },
};

export const scenarios: RuleScenarios = {
  shows: ['train-report-lost', 'eval-report-lost'],
  nearMisses: ['odd-late-report'],
};

export const promqlDiffers =
  'The finding waits a minute for a report that may still arrive. It also tells of a job that has never deployed a model.';

export const promql = (): PromqlCondition => ({
  labels: ['namespace', 'kind', 'name', 'stage'],
  // Where nothing was ever deployed, no older model is in use.
  expr: unlessExplainedBy(
    `${jobsCompletedWithoutData('Train|Eval')} and on (${JOB}) ${jobsWithModel('deployed')}`,
    lostReports()
  ),
});

export const alert: RuleAlert = {
  group: 'stuck',
  summary:
    '{kind} {namespace}/{name} continues with the result of an earlier round: the report of its last {stage} was lost.',
  description: 'The worker ended well, but its report did not arrive or was overwritten. The next round may fix this.',
  link: { tab: 'diagnosis' },
  requires: ['kube-state-metrics', 'exporter'],
};

export const runbook = `## Meaning

The newest training or evaluation completed without data, because its report got lost or was overwritten by the global
manager. An earlier round reported a model and deployed one, so Sedna uses that one. The alert fires after 5 minutes.

If no earlier round has a model, [SednaReportLost](SednaReportLost.md) fires instead.

## Impact

The round continues with an older model. What Sedna deploys is older than the round number suggests. After a lost evaluation
of an incremental learning job, an earlier evaluation decides whether its new model is deployed.

## Diagnosis

1. Open the job, then the **Diagnosis** tab. It names the stage. The **Status** tab shows the model of each stage.
2. Check the newest conditions:

   \`\`\`sh
   kubectl -n <namespace> get ll <job> -o jsonpath='{range .status.conditions[*]}{.stage}/{.type}{" "}{.data}{"\\n"}{end}' | grep Completed | tail -n 3
   \`\`\`

   Expected output is a model URL after Train/Completed and Eval/Completed:

   \`\`\`text
   Train/Completed {"output":{"models":[{"format":"pkl","url":"/output/train/2/index.pkl","classes":null}]}}
   \`\`\`

   A lost report shows \`Train/Completed\` or \`Eval/Completed\` without data.

3. Search the logs of the worker:

   \`\`\`logql
   {namespace="<namespace>", pod=~"<job>-(train|eval)-.+"} | decolorize |~ "Connection refused in request|RetryError|JSON"
   \`\`\`

   The expected output is empty. These lines name the cause:
   - \`Connection refused in request .../sedna/workers/...\`: the local controller doesn't run, or uses another port.
   - \`is not JSON serializable\` or \`not JSON compliant\`: the script returned metrics that aren't plain numbers, or NaN.

   Without such a line, the local controller may have restarted, or the global manager overwrote the report.

## Mitigation

1. Check that the local controller runs on the node of the worker. Its port must match \`LC_SERVER\` of the worker, which is
   port 9100 by default.
2. If the metrics are the cause, return plain numbers from the script, such as \`float(score)\`.
3. Wait for the next round. It reports its own model, and the alert ends.
`;
