import { WITH_WORKERS } from '../../detection/kinds';
import { NODE } from '../../promql/labels';
import { leaseAge } from '../../promql/nodes';
import type { Rule } from '../../rule';
import type { PromqlCondition, RuleAlert, RuleScenarios } from '../../ruleFile';
import { NODE_OFFLINE_AFTER_SECONDS } from '../../thresholds';

/** A node that the object depends on doesn't renew its lease. */
export const rule: Rule = {
  id: 'node-offline',
  alert: 'SednaEdgeNodeOffline',
  severity: 'warning',
  kinds: [...WITH_WORKERS, 'Dataset'],
  requires: ['nodes'],
  holdFor: 600,
  detect: ({ facts, now }) => {
    const offline = (facts.nodes ?? []).filter(({ leaseAge: age }) => age > NODE_OFFLINE_AFTER_SECONDS);
    if (offline.length === 0) {
      return undefined;
    }
    const oldest = Math.max(...offline.map(({ leaseAge: age }) => age));
    return {
      since: now - oldest,
      params: { nodes: offline.map(({ node }) => node).join(', '), count: offline.length },
      evidence: offline.map(({ node, leaseAge: age }) => ({
        query: 'node-lease' as const,
        values: { node, leaseAgeSeconds: age, limitSeconds: NODE_OFFLINE_AFTER_SECONDS },
      })),
    };
  },
  text: {
    name: 'Node offline',
    cases: {
      default: {
        title: { one: 'Node {{nodes}} is offline', other: '{{count}} nodes are offline: {{nodes}}' },
        cause: "The node hasn't renewed its lease for more than a minute. Its workers may still be running.",
        advice:
          'Check the network and EdgeCore of the node. Until it is back, its data is outdated, checks that depend on it are skipped, and its log lines are delayed.',
      },
    },
  },
};

export const scenarios: RuleScenarios = { shows: ['edge1'], nearMisses: ['edge-node'] };

export const promqlDiffers =
  'The condition in PromQL is about a node with the edge role, the finding about an object that depends on any node.';

export const promql = (): PromqlCondition => ({
  labels: ['node'],
  expr: `${leaseAge()} > ${NODE_OFFLINE_AFTER_SECONDS}
and on (${NODE}) kube_node_role{role="edge"}`,
});

export const alert: RuleAlert = {
  group: 'nodes',
  summary: 'Edge node {node} is offline.',
  description: 'It has not renewed its lease. Its workers may still be running, but their data is outdated.',
  link: { page: 'overview' },
  requires: ['kube-state-metrics'],
};

export const runbook = `## Meaning

An edge node hasn't renewed its lease for more than 60 s, and this has lasted for 10 minutes. Kubernetes has no contact
with the node.

## Impact

Workers on the node may still run. The status, metrics, and logs of the node are outdated. Alerts that depend on the node
don't fire until 10 minutes after the node is back online. Reports of workers on the node may arrive late or get lost.

## Diagnosis

1. Open **Overview**. **Nodes** shows how long the node has been offline. The **Diagnosis** tab of each affected resource
   names the node.
2. Check the node:

   \`\`\`sh
   kubectl get node <node>
   kubectl -n kube-node-lease get lease <node> -o jsonpath='{.spec.renewTime}{"\\n"}'
   \`\`\`

   Expected output of a healthy node is the status \`Ready\` and a time less than 60 s ago. An offline node shows
   \`NotReady\` and an old time.

3. If you can log in to the node, check edgecore:

   \`\`\`sh
   systemctl is-active edgecore
   \`\`\`

   The expected output is \`active\`.

## Mitigation

1. Check power and network of the node.
2. Check edgecore on the node and cloudcore in the cloud.
3. Do nothing for Sedna: the local controller reconnects by itself. Waiting logs and reports then arrive.
4. If the node won't return, delete it:

   \`\`\`sh
   kubectl delete node <node>
   \`\`\`
`;
