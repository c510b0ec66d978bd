/** Datasets that are not read, and local controllers (LC) that are not connected. */
import { DATASET_UNREAD_AFTER_SECONDS, SIGNATURE_ACTIVE_SECONDS } from '../../src/sedna/diagnosis';
import { DATASET_FORMATS } from '../../src/sedna/diagnosis/lifelongRules';
import { REPORT_WRITE_TIMEOUT_SECONDS } from '../../src/sedna/diagnosis/thresholds';
import { STAGED } from '../../src/sedna/diagnosis/podRules';
import { TRIGGERED_KINDS } from '../../src/sedna/catalog/resourceMetrics';
import { buildPageUrl, buildResourceTabPath } from '../../src/sedna/appPaths';
import { family } from '../prometheus/groups/jobs';
import type { Alert } from './alert';
import {
  DATASET,
  datasetsOn,
  jobsAt,
  changed,
  jobsOfDatasets,
  JOB,
  leasesKnown,
  NODE,
  unsteadyNodes,
} from './expressions';

/** A report younger than this came after the connection was seen to end. */
const REPORTED_SINCE = SIGNATURE_ACTIVE_SECONDS - REPORT_WRITE_TIMEOUT_SECONDS;

/** Samples that an LC told, and stages that it called ready, of late. */
const reportingDatasets = `(
  sedna_dataset_info
  and on (${DATASET}) (time() - max by (${DATASET}) (sedna_dataset_update_timestamp_seconds) < ${REPORTED_SINCE})
  or
  sedna_dataset_info
  and on (cluster, namespace, name)
  label_replace(
    ${family(TRIGGERED_KINDS, 'info', ', dataset!=""')}
    and on (${JOB}) ${jobsAt(STAGED, [], ['Ready'])}
    and on (${JOB}) (time() - ${changed()} < ${REPORTED_SINCE}),
    "name", "$1", "dataset", "(.+)"
  )
)`;

/** Nodes whose LC is not connected to the global manager, and has not got a report through since. */
const disconnected = `(max by (${NODE}) (sedna:local_controller_connected) == bool 0) == 1
and on (cluster) ${leasesKnown}
unless on (${NODE}) (${unsteadyNodes()})
unless on (${NODE}) ${reportingDatasets}`;

/** Jobs whose dataset is on such a node. */
export const disconnectedJobs = jobsOfDatasets(datasetsOn(disconnected));

/** Datasets in a format that the LC cannot read. */
export const BAD_FORMAT = `sedna_dataset_info{format!~"(?i)|${DATASET_FORMATS.join('|')}"}`;

/** Datasets that the LC tries to read and cannot, unless it does not get its reports through or the format is wrong. */
export const unreadDatasets = `(max by (${DATASET}, kind) (sedna:dataset_read) == bool 0) == 1
and on (cluster) ${leasesKnown}
unless on (${DATASET}) (time() - max by (${DATASET}) (sedna_dataset_update_timestamp_seconds) <= ${DATASET_UNREAD_AFTER_SECONDS})
unless on (${DATASET}) (${datasetsOn(unsteadyNodes())})
unless on (${DATASET}) ${BAD_FORMAT}`;

/**
 * Jobs that wait with a dataset that is not there, in clusters of which datasets are known. One that was seen within an
 * hour counts as there: of several kube-state-metrics the one that tells of it may be away.
 */
export const missingDatasets = `group by (${JOB}, dataset) (
  ${family(TRIGGERED_KINDS, 'info', ', dataset!=""')}
  unless on (cluster, namespace, dataset)
  label_replace(group by (${DATASET}) (last_over_time(sedna_dataset_info[1h])), "dataset", "$1", "name", "(.+)")
)
and on (${JOB}) ${jobsAt(TRIGGERED_KINDS, [], ['Waiting'])}
and on (cluster) group by (cluster) (sedna_dataset_info)`;

export const DATASET_ALERTS: readonly Alert[] = [
  {
    name: 'SednaDatasetUnread',
    rule: 'dataset-unreadable',
    severity: 'critical',
    for: '5m',
    expr: unreadDatasets,
    summary: 'Dataset {namespace}/{name} cannot be read by the local controller.',
    description:
      'Jobs that use it wait in Train/Waiting until it can be read. The local controller tries once a minute.',
    link: buildResourceTabPath('Dataset', '{namespace}', '{name}', 'diagnosis'),
    needs: ['kube-state-metrics', 'logs'],
  },
  {
    name: 'SednaLocalControllerDisconnected',
    rule: 'local-controller-disconnected',
    severity: 'critical',
    for: '5m',
    expr: disconnected,
    summary: 'The local controller of node {node} is not connected to the global manager, though the node is online.',
    description:
      'Jobs whose dataset is on this node get no samples and no triggers, and reports of its workers are lost.',
    link: buildPageUrl('overview'),
    needs: ['kube-state-metrics', 'logs'],
  },
];
