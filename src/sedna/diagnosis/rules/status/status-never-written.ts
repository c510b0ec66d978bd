import { STATUS_LOST } from '../../detection/kinds';
import { hasEnded } from '../../detection/workers';
import type { Rule } from '../../rule';
import type { RuleFile, RuleScenarios } from '../../ruleFile';

/** The object has workers and no status, because the global manager can't write one. */
export const rule: Rule = {
  id: 'status-never-written',
  severity: 'info',
  kinds: STATUS_LOST,
  requires: ['workers'],
  holdFor: 60,
  detect: ({ facts: { object, exists, condition, workers = [] } }) =>
    exists && !condition && workers.length > 0
      ? {
          params: { kind: object.kind, count: workers.length },
          evidence: [
            {
              query: 'worker-phase',
              values: { active: workers.filter((worker) => !hasEnded(worker)).length, pods: workers.length },
            },
          ],
        }
      : undefined,
  text: {
    name: 'Status never written',
    cases: {
      default: {
        title: 'The status is never written',
        cause:
          'The global manager creates the workers of each {{kind}}, but each of its updates of the status is refused',
        advice: 'Nothing to do. Judge the object by its workers and their logs.',
      },
    },
  },
};

export const scenarios: RuleScenarios = { shows: ['pedestrian-search'], nearMisses: ['pedestrian-tracking'] };

export const noAlert: RuleFile['noAlert'] = {
  reason: 'It is true of each such object, and its workers do their work',
};

export const runbook = `## Meaning

An ObjectSearchService has worker pods, but no status: no conditions, no start time, and no counts of workers. Sedna doesn't
register this kind with the client that writes the status, so each update is refused. Sedna Ops judges the object by its
workers.

## Impact

None on the workers. Other tools that read the status show nothing.

## Diagnosis

1. Open the **Workers** tab of the resource. It shows the phase, node, and restarts of each worker.
2. Search the logs of the global manager for the refused updates:

   \`\`\`logql
   {namespace="sedna", container="gm"} |= "Error to update <namespace>/<name> status"
   \`\`\`

   Each line ends with \`Object 'Kind' is missing\` and the object.

## Mitigation

1. Nothing to do. The status stays empty, whatever the workers do.
`;
