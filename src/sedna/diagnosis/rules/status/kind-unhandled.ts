import { UNHANDLED } from '../../detection/kinds';
import type { Rule } from '../../rule';
import type { RuleFile, RuleScenarios } from '../../ruleFile';

/** No controller of Sedna handles objects of the kind. */
export const rule: Rule = {
  id: 'kind-unhandled',
  severity: 'error',
  verdict: 'stuck',
  kinds: UNHANDLED,
  requires: [],
  holdFor: 60,
  detect: ({ facts: { object, exists, workers = [] } }) =>
    exists && workers.length === 0 ? { params: { kind: object.kind }, evidence: [] } : undefined,
  text: {
    name: 'Kind not handled',
    cases: {
      default: {
        title: 'Sedna does not handle this kind',
        cause:
          'The global manager has no controller for {{kind}}, although its resource definition exists. It creates no workers and never writes a status.',
        advice: 'Delete the object. Use another kind, or a version of Sedna that handles this one.',
      },
    },
  },
};

export const scenarios: RuleScenarios = { shows: ['pedestrian-tracking'], nearMisses: ['pedestrian-search'] };

export const noAlert: RuleFile['noAlert'] = {
  reason: 'It is true of each such object from its creation on, and nothing changes it',
};

export const runbook = `## Meaning

The custom resource definition of ObjectTrackingService exists, but the global manager registers no controller for it.

## Impact

No worker is created, and the object never gets a status.

## Diagnosis

1. List the controllers that the global manager starts:

   \`\`\`logql
   {namespace="sedna", container="gm"} |= "initialized controller"
   \`\`\`

   The expected output has no line for object tracking.

2. List the pods of the object:

   \`\`\`sh
   kubectl -n <namespace> get pods -l objecttrackingservice.sedna.io/name=<name>
   \`\`\`

   Expected output is \`No resources found\`.

## Mitigation

1. Delete the object, and use another kind of Sedna.
`;
