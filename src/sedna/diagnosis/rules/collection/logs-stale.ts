import { NODE, POD } from '../../promql/labels';
import { LEASES_KNOWN, unstableNodes } from '../../promql/nodes';
import { podsIn } from '../../promql/pods';
import type { Rule } from '../../rule';
import type { PromqlCondition, RuleAlert, RuleScenarios } from '../../ruleFile';
import { SEEN_STEP_SECONDS, SEEN_WINDOW_SECONDS } from '../../thresholds';

/** No log lines arrive from a node. About the collection, so no object has this finding. */
export const rule: Rule = {
  id: 'logs-stale',
  alert: 'SednaLogsStale',
  severity: 'warning',
  kinds: [],
  requires: ['recorded-findings'],
  holdFor: 300,
  text: {
    name: 'Logs missing',
    cases: {
      default: {
        title: 'No logs arrive from node {{node}}',
        cause: "The log collector of the node, Loki, or its rules don't work",
        advice: 'Check the log collector on the node and the rules of Loki',
      },
    },
  },
};

export const scenarios: RuleScenarios = { shows: ['edge1-without-collector'], nearMisses: ['edge-node'] };

/** Workers that train or evaluate log at their start: a worker of the window is late after this. */
const LOGS_LATE_AFTER_SECONDS = 600;
const WINDOW_SECONDS = 3600;

const LINES = 'sedna_log_last_line_timestamp_seconds';

/** Pods that started to train or evaluate within the window, long enough ago that their first lines should be there. */
const recentWorkers = () => `group by (${POD}, node) (
    sedna:worker_pod_start_timestamp_seconds{worker_type=~"train|eval", pod=~".+-(train|eval)-[a-z0-9]{5}"}
    > time() - ${WINDOW_SECONDS}
    < time() - ${LOGS_LATE_AFTER_SECONDS}
  )
  and on (${POD}) ${podsIn('Running|Succeeded|Failed')}`;

/** Nodes from which lines of another worker arrive: there the silent workers write nothing. */
const collectedNodes = `group by (${NODE}) (
    sedna:worker_pod_info and on (${POD}) last_over_time(${LINES}[${LOGS_LATE_AFTER_SECONDS}s])
  )`;

export const promql = (): PromqlCondition => ({
  labels: ['node'],
  expr: `count by (${NODE}) (
  ${recentWorkers()}
  unless on (${POD}) last_over_time(${LINES}[${WINDOW_SECONDS}s])
  unless on (${NODE}) (${unstableNodes(WINDOW_SECONDS)})
  unless on (${NODE}) ${collectedNodes}
)
and on (cluster) ${LEASES_KNOWN}
and on (cluster) max_over_time(group by (cluster) (${LINES})[${SEEN_WINDOW_SECONDS}s:${SEEN_STEP_SECONDS}s])`,
});

export const alert: RuleAlert = {
  group: 'collection',
  summary: 'No logs arrive from node {node}: workers started there in the last hour, and none of their lines came.',
  description: 'The log collector of the node, Loki, or its rules do not work. What only logs show is missing.',
  link: { page: 'logs' },
  requires: ['kube-state-metrics', 'logs'],
};

export const runbook = `## Meaning

Training or evaluation workers started on a node within the last hour, but none of their lines arrived after 10 minutes. No
other worker on the node sent lines in the last 10 minutes either. Workers log when they start, unless \`LOG_LEVEL\` in their
template hides it.

The alert fires after another 5 minutes. It doesn't check nodes that were offline within the last hour, and nodes where no
such worker started.

## Impact

Findings, metrics, and alerts that need logs are missing for this node. The jobs themselves aren't affected.

## Diagnosis

1. Find out whether one node or all nodes are affected:

   \`\`\`logql
   sum by (node) (count_over_time({node=~".+"}[10m]))
   \`\`\`

   Expected output is a number above 0 for each node with running pods. No output means that Loki gets no logs at all.

2. Check the collector of the node. The namespace in these commands is that of the Helm chart:

   \`\`\`sh
   kubectl -n sedna-ops get pods -o wide --field-selector spec.nodeName=<node>
   kubectl -n sedna-ops logs <collector-pod> --tail=20
   \`\`\`

   Expected output is one log collector with \`Running\`, and no errors about Loki in its log.

3. If lines arrive but the alert fires, check the metrics from logs:

   \`\`\`promql
   max by (namespace, pod) (sedna_log_last_line_timestamp_seconds)
   \`\`\`

   Expected output is one series for each worker pod that logged in the last minutes. If it's empty, the ruler of Loki
   doesn't work.

## Mitigation

1. All nodes: check Loki, its ruler, and the remote write to Prometheus.
2. One node: check that its collector runs, reaches Loki, and has space on the disk.
3. Wait. The collector then sends the lines that it kept. Its queue and the log files on the node limit how many.
4. Metrics from logs don't count lines that arrive late.
`;
