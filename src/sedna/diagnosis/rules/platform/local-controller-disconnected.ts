import { getConnection } from '../../detection/connection';
import { LIFELONG } from '../../detection/kinds';
import { getControllerNode } from '../../facts';
import { reportingDatasets } from '../../promql/datasets';
import { datasetsOn, jobsOfDatasets } from '../../promql/jobs';
import { NODE } from '../../promql/labels';
import { LEASES_KNOWN, unstableNodes } from '../../promql/nodes';
import { toLineEvidence, type Rule } from '../../rule';
import type { PromqlCondition, RuleAlert, RuleScenarios } from '../../ruleFile';
import { LC_DISCONNECTED_AFTER_SECONDS } from '../../thresholds';

/** The local controller (LC) of an online node has lost its connection to the global manager. */
export const rule: Rule = {
  id: 'local-controller-disconnected',
  alert: 'SednaLocalControllerDisconnected',
  severity: 'error',
  verdict: 'stuck',
  kinds: LIFELONG,
  requires: ['nodes', 'controller-node'],
  requiresAny: ['local-controller', 'logs'],
  requiresOnlineNodes: 'any-node',
  suppressedBy: ['node-offline'],
  getInconclusiveReason: (context) => (getConnection(context) ? undefined : 'connection'),
  holdFor: 300,
  detect: (context) => {
    const { facts, signatures, now } = context;
    const { connected, since } = getConnection(context)!;
    if (connected || (since !== undefined && now - since <= LC_DISCONNECTED_AFTER_SECONDS)) {
      return undefined;
    }
    const node = getControllerNode(facts)!;
    return {
      since,
      params: { node },
      evidence: [
        { query: 'local-controller', values: { node, connected: false } },
        ...toLineEvidence(signatures.all('node-connected', 'node-disconnected').filter(({ value }) => value === node)),
      ],
    };
  },
  text: {
    name: 'Local controller disconnected',
    cases: {
      default: {
        title: 'Local controller of {{node}} is disconnected',
        cause:
          "The node is online, but the global manager has no connection to its local controller. Samples, triggers, and reports of the job don't arrive.",
        advice:
          'Check the log of the lc pod on that node. "no such host" means that the node can\'t resolve gm.sedna. "address already in use" means that another process, such as node_exporter, uses port 9100.',
      },
    },
  },
};

export const scenarios: RuleScenarios = { shows: ['edge0'], nearMisses: ['half-open'] };

export const promqlDiffers =
  'The finding follows the log lines of the global manager, which are up to two minutes newer than the series made from them.';

/** Nodes whose LC is disconnected and has not delivered a report since. */
const disconnectedNodes = () => `(max by (${NODE}) (sedna:local_controller_connected) == bool 0) == 1
and on (cluster) ${LEASES_KNOWN}
unless on (${NODE}) (${unstableNodes()})
unless on (${NODE}) ${reportingDatasets()}`;

/** Jobs whose dataset is on such a node. */
export const disconnectedJobs = () => jobsOfDatasets(datasetsOn(disconnectedNodes()));

export const promql = (): PromqlCondition => ({ labels: ['node'], expr: disconnectedNodes() });

export const alert: RuleAlert = {
  group: 'stuck',
  summary: 'The local controller of node {node} is disconnected from the global manager, although the node is online.',
  description:
    'Jobs whose dataset is on this node get no samples and no triggers, and the reports of its workers are lost.',
  link: { page: 'overview' },
  requires: ['kube-state-metrics', 'logs'],
};

export const runbook = `## Meaning

The global manager closed its connection to the local controller of a node and has no new one. Or the local controller logs
that it can't connect. The node itself is online. The local controller tries 5 times, 5 s apart, and then starts over.

The alert fires after 5 minutes.

## Impact

Jobs whose dataset is on this node get no samples and no triggers. Reports of workers on this node get lost: their stages
complete without a model.

## Diagnosis

1. Check the connection as the logs show it:

   \`\`\`promql
   sedna:local_controller_connected{node="<node>"}
   \`\`\`

   Expected output is \`1\`. A value of \`0\` means disconnected.

2. Search the logs of the local controller:

   \`\`\`logql
   {namespace="sedna", container="lc", node="<node>"} |= "connect"
   \`\`\`

   Expected last line of a healthy local controller:

   \`\`\`text
   websocket connects global manager(address: gm.sedna:9000) successful
   \`\`\`

   A disconnected one repeats this line, which ends with the cause:

   \`\`\`text
   client tries to connect global manager(address: gm.sedna:9000) failed, error: dial tcp: lookup gm.sedna on 169.254.96.16:53: no such host
   \`\`\`

3. Check the pod of the local controller:

   \`\`\`sh
   kubectl -n sedna get pods -l sedna=lc --field-selector spec.nodeName=<node>
   \`\`\`

   Expected output is one pod with \`1/1\` and \`Running\`.

4. Check the Service of the global manager:

   \`\`\`sh
   kubectl -n sedna get endpoints gm
   \`\`\`

   Expected output is an address with port 9000, not \`<none>\`.

Sedna doesn't expose the state of the connection. Sedna Ops reads it from these log lines.

## Mitigation

1. \`no such host\`: the node can't resolve \`gm.sedna\`. Fix EdgeMesh or its DNS on the node.
2. \`connection refused\`: check that the global manager runs, and that its Service has an endpoint.
3. \`address already in use\`: another program uses port 9100 of the node, which is also the default of node_exporter. Run
   node_exporter on another port, such as 9101.
4. No lines and no pod: fix the reason that the events of the pod name.
5. Nothing else is needed. The local controller reconnects by itself. If it restarted, a new training is normal, because it
   forgets its rounds and used samples.
`;
