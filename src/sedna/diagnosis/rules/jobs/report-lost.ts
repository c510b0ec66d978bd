import { STAGED } from '../../detection/kinds';
import {
  isWorkerCutOff,
  jobsCompletedWithoutData,
  jobsWithModel,
  toLostReportEvidence,
  toWithoutDataEvidence,
} from '../../detection/reports';
import { jobsInConditionFor } from '../../promql/jobs';
import { JOB } from '../../promql/labels';
import { getConditionAge, getStateStart, hasCondition, toConditionEvidence, type Rule } from '../../rule';
import type { PromqlCondition, RuleAlert, RuleScenarios } from '../../ruleFile';
import { REPORT_LOST_AFTER_SECONDS } from '../../thresholds';

/** Eval waits for a model, because the report of the first training was lost. */
export const rule: Rule = {
  id: 'report-lost',
  alert: 'SednaReportLost',
  severity: 'error',
  verdict: 'stuck',
  kinds: STAGED,
  requires: ['condition-time', 'completed-data'],
  // Sedna continues without a model to deploy, but not without any model to evaluate.
  applies: hasCondition('Eval/Waiting'),
  holdFor: 60,
  detect: (context) => {
    const { completedWithoutData, hasTrainedModel } = context.facts;
    const isLost = completedWithoutData?.Train === true && hasTrainedModel !== true;
    if (!isLost || getConditionAge(context) <= REPORT_LOST_AFTER_SECONDS) {
      return undefined;
    }
    return {
      since: getStateStart(context.facts),
      params: { stage: 'Train', next: 'Eval', isCutOff: isWorkerCutOff(context, ['Train']) },
      evidence: [
        toWithoutDataEvidence('Train'),
        toConditionEvidence(context),
        ...toLostReportEvidence(context, ['Train']),
      ],
    };
  },
  text: {
    name: 'Worker report lost',
    getCases: ({ isCutOff }) => (isCutOff ? ['cut-off'] : []),
    cases: {
      default: {
        title: "{{stage}} report lost: {{next}} can't start",
        cause:
          "The stage counts as completed without a model, and no earlier round has one. The global manager overwrote the report with its own status, as it does when both are written within seconds, or the report didn't arrive.",
        advice: 'Delete the job and create it again, because it does not recover',
      },
      'cut-off': {
        cause:
          "The worker couldn't reach its local controller, gave up after five tries, and still exited with code 0. The stage counts as completed without a model, and no earlier round has one.",
        advice:
          "Check that the local controller on the worker's node is running and listens on its port (9100 by default). The job can't recover: delete it and create it again.",
      },
    },
  },
};

export const scenarios: RuleScenarios = { shows: ['stuck-report-lost'], nearMisses: ['odd-late-report'] };

export const lostReports = () => `${jobsInConditionFor(STAGED, ['Eval'], ['Waiting'], REPORT_LOST_AFTER_SECONDS)}
and on (${JOB}) ${jobsCompletedWithoutData('Train')}
unless on (${JOB}) ${jobsWithModel('trained')}`;

export const promql = (): PromqlCondition => ({ labels: ['namespace', 'kind', 'name'], expr: lostReports() });

export const alert: RuleAlert = {
  group: 'stuck',
  summary: '{kind} {namespace}/{name} waits in Eval for a trained model whose report was lost.',
  description: 'The worker ended well, but its report did not arrive or was overwritten, so nothing can be evaluated.',
  link: { tab: 'diagnosis' },
  requires: ['kube-state-metrics', 'exporter'],
};

export const runbook = `## Meaning

Train completed without data, and the job has been in Eval/Waiting for more than 60 s. No earlier round reported a model. The
alert fires after another minute.

There are two causes:

- The training worker couldn't report its model to the local controller. It tries 5 times, 3 s apart, logs \`RetryError\`, and
  exits with code 0. The global manager only sees that the pod succeeded.
- The report arrived, and the global manager overwrote it. It works on a copy of the job, and writes its whole status. If it
  sees the end of the pod within seconds of the report, its own Completed replaces the one with data.

## Impact

Eval waits for a model forever. The job doesn't recover by itself.

## Diagnosis

1. Open the job, then the **Diagnosis** tab. It shows the log lines of all three sides.
2. Or search the logs of the worker:

   \`\`\`logql
   {namespace="<namespace>", pod=~"<job>-train-.+"} | decolorize |~ "Connection refused in request|RetryError"
   \`\`\`

   The expected output is empty. If the report got lost, five lines of the first kind precede the error:

   \`\`\`text
   client.py(62) [WARNING] - Connection refused in request http://localhost:9100/sedna/workers/train-worker-x7k2p/info
   base.py(183) [ERROR] - RetryError[<Future at 0x7f04f6e96dc0 state=finished returned NoneType>]
   \`\`\`

   Without these lines, the local controller may have restarted, or the global manager overwrote the report.

3. Check the local controller on the node of the worker:

   \`\`\`sh
   kubectl -n sedna get pods -l sedna=lc --field-selector spec.nodeName=<node>
   \`\`\`

   Expected output is one pod with \`1/1\` and \`Running\`. Its log contains \`server binds port 9100 successfully\`.

The local controller logs \`model is nil\`, and the global manager logs \`invalid condition stage\`. Both confirm this alert.

## Mitigation

1. Fix the local controller, or its port. Sedna passes the URL to the worker as \`LC_SERVER\`. The default port 9100 is also
   that of node_exporter.
2. If you need the trained model, copy it from \`spec.outputDir\`. It's there if the worker wrote it to a path of the node.
3. Delete the job and create it again. This round can't continue.
`;
