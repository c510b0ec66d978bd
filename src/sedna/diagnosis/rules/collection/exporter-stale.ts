import type { Rule } from '../../rule';
import type { PromqlCondition, RuleAlert, RuleScenarios } from '../../ruleFile';
import { SEEN_WINDOW_SECONDS, SOURCE_STALE_AFTER_SECONDS } from '../../thresholds';

/** The exporter reads nothing from a source. About the collection, so no object has this finding: it has data-stale. */
export const rule: Rule = {
  id: 'exporter-stale',
  alert: 'SednaExporterStale',
  severity: 'warning',
  kinds: [],
  requires: ['recorded-findings'],
  holdFor: 300,
  text: {
    name: 'Exporter outdated',
    cases: {
      default: {
        title: "The exporter can't read {{source}}",
        cause: 'The exporter is down, or one of its sources refuses the connection',
        advice: 'Check the log of the exporter and whether Prometheus scrapes it',
      },
    },
  },
};

export const scenarios: RuleScenarios = {
  shows: ['exporter-ended', 'exporter-ended-knowledge-base'],
  nearMisses: ['well'],
};

export const promql = (): PromqlCondition => ({
  labels: ['source'],
  expr: `time() - max by (cluster, source) (
  last_over_time(sedna_exporter_source_last_success_timestamp_seconds[${SEEN_WINDOW_SECONDS}s])
) > ${SOURCE_STALE_AFTER_SECONDS}`,
});

export const alert: RuleAlert = {
  group: 'collection',
  summary: 'The exporter has read nothing from its source {source} for more than 5 minutes, or is gone.',
  description: 'Rounds, models, evaluations, and the knowledge base are shown as of then.',
  link: { page: 'configuration' },
  requires: ['exporter'],
  isDirect: true,
};

export const runbook = `## Meaning

The exporter hasn't read one of its sources for more than 5 minutes, or Prometheus doesn't scrape the exporter. The source
is \`cluster\` (Kubernetes objects) or \`knowledge_base\`.

The alert fires after another 5 minutes. If the exporter is gone, it lasts for a day after the last scrape.

## Impact

Rounds, models, evaluations, and the knowledge base are outdated or missing. Alerts that need the exporter may not fire.

## Diagnosis

1. Check the age of each source:

   \`\`\`promql
   time() - max by (source) (sedna_exporter_source_last_success_timestamp_seconds)
   \`\`\`

   Expected output is a value below 300 for each source. No output means that Prometheus doesn't scrape the exporter.

2. Count the errors by cause:

   \`\`\`promql
   sum by (source, cause) (increase(sedna_exporter_errors_total[1h])) > 0
   \`\`\`

   The expected output is empty. Otherwise, the label \`cause\` names the error.

3. Check the pod. The names in these commands are those of the Helm chart:

   \`\`\`sh
   kubectl -n sedna-ops get deployment sedna-ops-exporter
   kubectl -n sedna-ops logs deployment/sedna-ops-exporter --tail=20
   \`\`\`

   The expected output shows \`1/1\` ready replicas, and no errors in the log.

## Mitigation

1. If the pod doesn't run, fix the reason that its events name.
2. If the pod runs but has no metrics, check the targets in Prometheus under **Status > Targets**.
3. For the source \`cluster\`, check the token, the ClusterRole, and the connection to the API server.
4. For the source \`knowledge_base\`, check the file and its mount. The exporter must run on the node of the knowledge base.
5. If you removed the exporter on purpose, silence the alert for a day.
`;
