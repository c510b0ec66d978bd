import { KINDS, WATCHED_KINDS } from '../../../kinds';
import { family } from '../../promql/jobs';
import { LEASES_KNOWN } from '../../promql/nodes';
import type { Rule } from '../../rule';
import type { PromqlCondition, RuleAlert, RuleScenarios } from '../../ruleFile';
import { SEEN_WINDOW_SECONDS } from '../../thresholds';

/** kube-state-metrics isn't collected. About the collection, so no object has this finding: it has data-stale. */
export const rule: Rule = {
  id: 'resources-stale',
  alert: 'SednaResourcesStale',
  severity: 'warning',
  kinds: [],
  requires: ['recorded-findings'],
  holdFor: 300,
  text: {
    name: 'Resources outdated',
    cases: {
      default: {
        title: "Sedna resources aren't collected",
        cause: "kube-state-metrics is down, not scraped, or doesn't read the resources of Sedna",
        advice: 'Check the pod, the log, and the custom resource configuration of kube-state-metrics',
      },
    },
  },
};

export const scenarios: RuleScenarios = { shows: ['kube-state-metrics-ended'], nearMisses: ['well'] };

/** Clusters where the exporter sees objects, and kube-state-metrics sees none. */
const withoutObjects = () => `(sum by (cluster) (sedna_exporter_objects) > 0)
unless on (cluster) ${family(
  KINDS.map(({ kind }) => kind).filter((kind) => WATCHED_KINDS.some((watched) => watched === kind)),
  'info'
)}`;

export const promql = (): PromqlCondition => ({
  labels: [],
  expr: `max_over_time(${LEASES_KNOWN}[${SEEN_WINDOW_SECONDS}s:1h]) unless on (cluster) ${LEASES_KNOWN}
or on (cluster)
${withoutObjects()}`,
});

export const alert: RuleAlert = {
  group: 'collection',
  summary: 'Nothing is collected from kube-state-metrics, or none of the resources of Sedna.',
  description: 'The state of jobs, workers, and nodes is unknown, and nearly all other alerts are silent meanwhile.',
  link: { page: 'configuration' },
  requires: ['kube-state-metrics'],
  alertOnQueryError: true,
  isDirect: true,
};

export const runbook = `## Meaning

The alert fires after 5 minutes in each of these cases:

- kube-state-metrics exposed node leases within the last day, but not now.
- The exporter sees Sedna resources, but kube-state-metrics exposes none.
- Grafana can't query Prometheus. Among the alerts of Sedna Ops, only this one reports that.

## Impact

Sedna Ops doesn't know the status of resources, workers, and nodes. Nearly all other alerts can't fire.

## Diagnosis

1. Open **Configuration**, and click **Test** next to the data sources.
2. Check that Prometheus scrapes kube-state-metrics. The query selects its lease metric:

   \`\`\`promql
   count(kube_lease_renew_time{namespace="kube-node-lease"})
   \`\`\`

   Expected output is the number of nodes. No output means that kube-state-metrics is down, or isn't scraped.

3. Check that kube-state-metrics exposes Sedna resources. The names in these commands are those of the Helm chart:

   \`\`\`sh
   kubectl -n sedna-ops port-forward service/sedna-ops-kube-state-metrics 8080 &
   curl -s http://127.0.0.1:8080/metrics | grep -c '^sedna_'
   \`\`\`

   Expected output is a number above 0.

## Mitigation

1. If Grafana can't query Prometheus, fix Prometheus or the URL of the data source.
2. If kube-state-metrics isn't scraped, check its pod, its log, and **Status > Targets** in Prometheus.
3. If it exposes no Sedna resources, load \`custom-resource-state.yaml\`, and allow \`sedna.io\` in its ClusterRole. It logs such
   errors once.
4. Until this is fixed, don't trust an empty list of alerts.
`;
