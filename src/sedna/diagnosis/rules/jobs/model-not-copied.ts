import { LIFELONG } from '../../detection/kinds';
import { getControllerNode } from '../../facts';
import { jobsInConditionFor } from '../../promql/jobs';
import { JOB } from '../../promql/labels';
import {
  getConditionAge,
  getStateStart,
  hasCondition,
  toConditionEvidence,
  toLineEvidence,
  type Rule,
} from '../../rule';
import type { PromqlCondition, RuleAlert, RuleScenarios } from '../../ruleFile';
import { CLOCK_DRIFT_SECONDS, LC_RETRY_TIMEOUT_SECONDS, SIGNATURE_ACTIVE_SECONDS } from '../../thresholds';

/** The local controller can't copy the evaluated model to where it is deployed. */
export const rule: Rule = {
  id: 'model-not-copied',
  alert: 'SednaModelNotCopied',
  severity: 'error',
  verdict: 'stuck',
  kinds: LIFELONG,
  requires: ['condition-time'],
  requiresAny: ['deploy-status', 'logs'],
  applies: hasCondition('Deploy/Waiting'),
  holdFor: 60,
  detect: (context) => {
    const { facts, signatures, now } = context;
    const since = getStateStart(facts)!;
    const errors = signatures.all('model-not-copied').filter(({ line }) => line.time >= since - CLOCK_DRIFT_SECONDS);
    const error = errors[errors.length - 1];
    const isRecent = error !== undefined && now - error.line.time < SIGNATURE_ACTIVE_SECONDS;
    if ((!isRecent && facts.deployNotOk !== true) || getConditionAge(context) <= LC_RETRY_TIMEOUT_SECONDS) {
      return undefined;
    }
    return {
      since,
      params: { cause: error?.value ?? '', node: getControllerNode(facts) ?? '' },
      evidence: [
        ...toLineEvidence(errors),
        ...(facts.deployNotOk === undefined
          ? []
          : [{ query: 'deploy-status' as const, values: { notOk: facts.deployNotOk } }]),
        toConditionEvidence(context),
      ],
    };
  },
  text: {
    name: 'Model not copied',
    getCases: ({ cause }) => (cause ? ['logged'] : []),
    cases: {
      default: {
        title: "The new model can't be deployed: the old one stays in use",
        cause:
          "The local controller can't copy the evaluated model to the output directory, and reports it only in its log",
        advice:
          'Check space and permissions in the output directory on the node, or the access to remote storage. The local controller retries every 10 s.',
      },
      logged: { cause: 'Local controller: {{cause}}' },
    },
  },
};

export const scenarios: RuleScenarios = { shows: ['stuck-deploy-copy'], nearMisses: ['atcii-classifier-demo'] };

export const promqlDiffers =
  'The finding follows the log lines of the local controller, which are up to two minutes newer than the series made from them.';

export const uncopiedModels = () => `${jobsInConditionFor(LIFELONG, ['Deploy'], ['Waiting'], LC_RETRY_TIMEOUT_SECONDS)}
and on (${JOB}) (sedna:job_deploy_status{status="NotOk"} == 1)`;

export const promql = (): PromqlCondition => ({ labels: ['namespace', 'kind', 'name'], expr: uncopiedModels() });

export const alert: RuleAlert = {
  group: 'stuck',
  summary: 'The model of {kind} {namespace}/{name} cannot be copied for deployment.',
  description:
    'The local controller logs an error at each try and reports nothing, so the job stays in Deploy/Waiting.',
  link: { tab: 'diagnosis' },
  requires: ['kube-state-metrics', 'exporter', 'logs'],
};

export const runbook = `## Meaning

A lifelong learning job is in Deploy/Waiting. The local controller can't copy the index of the evaluated model to
\`<outputDir>/deploy/index.pkl\`.

The alert needs an error in the last 10 minutes, and a job that has waited for at least 3 minutes. It then fires after 1
minute.

## Impact

The new model isn't deployed. The old model stays in use, and no new round starts. The local controller retries every 10 s
and reports nothing, so the status doesn't show the error.

## Diagnosis

1. Open the job, then the **Diagnosis** tab. It shows the line with the path or URL and the error.
2. Or search the logs of the local controller:

   \`\`\`logql
   {namespace="sedna", container="lc"} |= "failed to update model for job" |= "<namespace>/lifelonglearningjob/<job>"
   \`\`\`

   The expected output is empty. Otherwise, a line like this repeats:

   \`\`\`text
   failed to update model for job(...): failed to copy trained model(url=...) ...
   \`\`\`

3. If the target is a path, check it on the node of the dataset:

   \`\`\`sh
   df -h <outputDir>
   ls -ld <outputDir>
   \`\`\`

   The expected output shows free space, and a folder that root can write to.

## Mitigation

1. For a path on the node, free space on the disk, or correct the permissions of \`spec.outputDir\`.
2. For S3, correct the secret in \`spec.credentialName\`. Check that the node can reach the URL:

   \`\`\`sh
   kubectl -n <namespace> get secret <secret>
   \`\`\`

   The expected output is one line with the name of the secret, not \`NotFound\`.

3. Wait. The local controller retries by itself, and the alert ends after the first success.
`;
