/** Alerts about what all jobs depend on: knowledge base (KB), edge nodes, and the collection itself. */
import {
  NODE_OFFLINE_AFTER,
  SEEN_STEP_SECONDS,
  SEEN_WINDOW_SECONDS,
  SOURCE_STALE_AFTER_SECONDS,
} from '../../src/sedna/diagnosis';
import { KINDS, SEDNA_NAMESPACE, WATCHED_KINDS } from '../../src/sedna/kinds';
import { buildPageUrl } from '../../src/sedna/appPaths';
import { family } from '../prometheus/groups/jobs';
import type { Alert } from './alert';
import { leaseAge, leasesKnown, NODE, POD, podsIn, unsteadyNodes } from './expressions';
import { LOGS_LATE_AFTER, LOGS_WINDOW } from './thresholds';

const kbPods = (phase = '.+') =>
  `group by (cluster) (kube_pod_status_phase{namespace="${SEDNA_NAMESPACE}", pod=~"kb-.+", phase=~"${phase}"} == 1)`;

/** Clusters in which Sedna was installed with a knowledge base, and where its pod would be seen: some of Sedna are. */
const kbInstalled = `group by (cluster) (kube_service_info{namespace="${SEDNA_NAMESPACE}", service="kb"})
  and on (cluster) kube_pod_status_phase{namespace="${SEDNA_NAMESPACE}"}`;

/** Whether a cluster had series of some kind within a day. */
const seen = (expression: string, step: string) => `max_over_time(${expression}[${SEEN_WINDOW_SECONDS}s:${step}])`;

/** Objects that the exporter sees, and kube-state-metrics not one of. */
const objectsUnseen = `(sum by (cluster) (sedna_exporter_objects) > 0)
unless on (cluster) ${family(
  KINDS.map(({ kind }) => kind).filter((kind) => WATCHED_KINDS.some((watched) => watched === kind)),
  'info'
)}`;

const LINES = 'sedna_log_last_line_timestamp_seconds';

/** Pods that trained or evaluated within the last hour, long enough ago that their first lines should be there. */
const recentWorkers = `group by (${POD}, node) (
    sedna:worker_pod_start_timestamp_seconds{worker_type=~"train|eval", pod=~".+-(train|eval)-[a-z0-9]{5}"}
    > time() - ${LOGS_WINDOW}
    < time() - ${LOGS_LATE_AFTER}
  )
  and on (${POD}) ${podsIn('Running|Succeeded|Failed')}`;

/** Nodes of which some worker was heard of late: then it is the others that write nothing. */
const heardNodes = `group by (${NODE}) (
    sedna:worker_pod_info and on (${POD}) last_over_time(${LINES}[${LOGS_LATE_AFTER}s])
  )`;

export const KNOWLEDGE_BASE_ALERTS: readonly Alert[] = [
  {
    name: 'SednaKnowledgeBaseUnreachable',
    rule: 'knowledge-base-unreachable',
    severity: 'warning',
    for: '5m',
    expr: `(max by (cluster) (sedna_knowledge_base_up) == bool 0) == 1
or on (cluster)
(
  (${kbInstalled} or on (cluster) ${kbPods()})
  unless on (cluster) ${kbPods('Running')}
)`,
    summary: 'The knowledge base cannot be reached: no pod of it runs, or its database cannot be read.',
    description: 'Workers that train or evaluate fail or go on without it, and no new task is known.',
    link: buildPageUrl('knowledge-base'),
    needs: ['kube-state-metrics', 'exporter'],
  },
  {
    name: 'SednaKnowledgeBaseFilesLost',
    severity: 'critical',
    for: '1m',
    expr: 'sum by (cluster, file) (sum_over_time(sedna_log_knowledge_base_files_lost_per_minute[1h])) > 0',
    summary: 'The knowledge base has lost files: {value:count} signs of a missing {file} in the last hour.',
    description:
      'It keeps its files in its container unless told otherwise, so a restart loses them and not the tables.',
    link: buildPageUrl('knowledge-base'),
    needs: ['logs'],
  },
];

export const NODE_ALERTS: readonly Alert[] = [
  {
    name: 'SednaEdgeNodeOffline',
    rule: 'node-offline',
    severity: 'warning',
    for: '10m',
    expr: `${leaseAge} > ${NODE_OFFLINE_AFTER}
and on (${NODE}) kube_node_role{role="edge"}`,
    summary: 'Edge node {node} has given no sign of life for {value:duration}.',
    description: 'Its workers may go on. What is shown of them is what was last reported.',
    link: buildPageUrl('overview'),
    needs: ['kube-state-metrics'],
  },
];

export const COLLECTION_ALERTS: readonly Alert[] = [
  {
    name: 'SednaExporterStale',
    rule: 'data-stale',
    severity: 'warning',
    for: '5m',
    expr: `time() - max by (cluster, source) (
  last_over_time(sedna_exporter_source_last_success_timestamp_seconds[${SEEN_WINDOW_SECONDS}s])
) > ${SOURCE_STALE_AFTER_SECONDS}`,
    summary: 'The exporter has read nothing from its source {source} for {value:duration}, or is gone.',
    description: 'Rounds, models, evaluations and the knowledge base are shown as they were then.',
    link: buildPageUrl('configuration'),
    needs: ['exporter'],
  },
  {
    name: 'SednaResourcesStale',
    rule: 'data-stale',
    severity: 'warning',
    for: '5m',
    expr: `${seen(leasesKnown, '1h')} unless on (cluster) ${leasesKnown}
or on (cluster)
${objectsUnseen}`,
    summary: 'Nothing is collected from kube-state-metrics any more, or none of the resources of Sedna.',
    description: 'Status, workers and nodes are not known; nearly all other alerts are silent meanwhile.',
    link: buildPageUrl('configuration'),
    needs: ['kube-state-metrics'],
    tellsOfErrors: true,
  },
  {
    name: 'SednaLogsStale',
    severity: 'warning',
    for: '5m',
    expr: `count by (${NODE}) (
  ${recentWorkers}
  unless on (${POD}) last_over_time(${LINES}[${LOGS_WINDOW}s])
  unless on (${NODE}) (${unsteadyNodes(LOGS_WINDOW)})
  unless on (${NODE}) ${heardNodes}
)
and on (cluster) ${leasesKnown}
and on (cluster) ${seen(`group by (cluster) (${LINES})`, `${SEEN_STEP_SECONDS}s`)}`,
    summary:
      'No logs arrive from node {node}: {value:count} workers started there within an hour, and not a line came.',
    description: 'The log collector of the node, Loki or its rules do not work. What only logs tell is missing.',
    link: buildPageUrl('logs'),
    needs: ['kube-state-metrics', 'logs'],
  },
];
