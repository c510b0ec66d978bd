import { STAGED } from '../../detection/kinds';
import { getConditionAge, type Rule } from '../../rule';
import type { RuleFile, RuleScenarios } from '../../ruleFile';
import { GM_RESYNC_TIMEOUT_SECONDS } from '../../thresholds';

/** Inference pods of earlier deployments still run. */
export const rule: Rule = {
  id: 'inference-pods-left',
  severity: 'info',
  kinds: STAGED,
  requires: ['workers', 'condition-time'],
  requiresOnlineNodes: 'worker-nodes',
  // At a deployment, the old pod and the new one exist for some seconds.
  applies: ({ condition }) => condition?.stage !== 'Deploy',
  holdFor: 60,
  detect: (context) => {
    const { object, workers = [] } = context.facts;
    const running = workers.filter(({ type, phase }) => type === 'inference' && phase === 'Running');
    if (running.length < 2 || getConditionAge(context) <= GM_RESYNC_TIMEOUT_SECONDS) {
      return undefined;
    }
    const isIncremental = object.kind === 'IncrementalLearningJob';
    return {
      severity: isIncremental ? 'warning' : 'info',
      params: { count: running.length, isIncremental },
      evidence: [{ query: 'worker-phase', values: { worker: 'inference', pods: running.length } }],
    };
  },
  text: {
    name: 'Inference pods left',
    getCases: ({ isIncremental }) => (isIncremental ? ['incremental'] : []),
    cases: {
      default: {
        title: { one: '{{count}} inference pod runs', other: '{{count}} inference pods run at the same time' },
        cause:
          'The global manager did not find the old pod at a deployment, and created a new one beside it. Old pods switch to the new index by themselves.',
        advice: 'Delete all but the newest pod, if they take resources or process samples twice',
      },
      incremental: {
        cause:
          'The global manager did not find the old pod at a deployment, and created a new one beside it. Old pods keep their model, unless the job uses hot updates.',
        advice: 'Delete all but the newest pod',
      },
    },
  },
};

export const scenarios: RuleScenarios = { shows: ['inference-pods-left'], nearMisses: ['well'] };

export const noAlert: RuleFile['noAlert'] = { reason: 'Sedna often leaves such a pod, and inference goes on' };

export const runbook = `## Meaning

More than one inference pod of a job runs, and its newest deployment was more than 2 minutes ago.

At a deployment, the global manager looks for the old inference pod in an unordered list of all pods of the job, and often
misses it. It then logs \`No inferpod is running\`, creates a new pod, and leaves the old one.

## Impact

- Lifelong learning: old pods switch to the new index by themselves. Samples may be processed more than once.
- Incremental learning: old pods keep their model, unless the job uses hot updates.

## Diagnosis

1. List the inference pods by age:

   \`\`\`sh
   kubectl -n <namespace> get pods -l <kind>.sedna.io/name=<job>,<kind>.sedna.io/worker-type=inference --sort-by=.metadata.creationTimestamp
   \`\`\`

   Write the kind in lower case. The last pod is the current one.

2. Find the deployments that missed the old pod:

   \`\`\`logql
   {namespace="sedna", container="gm"} |= "No inferpod is running in" |= "<namespace>/<job>"
   \`\`\`

   The first deployment of a lifelong learning job has such a line too.

## Mitigation

1. Delete all inference pods but the newest one.
`;
