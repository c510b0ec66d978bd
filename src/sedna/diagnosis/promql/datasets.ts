/** PromQL for datasets that the local controller (LC) can't read, which several rules ask about. */
import { TRIGGERED_KINDS } from '../../catalog/resourceMetrics';
import { STAGED } from '../detection/kinds';
import { DATASET_FORMATS, REPORT_WRITE_TIMEOUT_SECONDS, SIGNATURE_ACTIVE_SECONDS } from '../thresholds';
import { family, jobsInCondition, lastTransitionTime } from './jobs';
import { DATASET, JOB } from './labels';

/** Datasets in a format that the LC can't read. */
export const UNREADABLE_FORMATS = `sedna_dataset_info{format!~"(?i)|${DATASET_FORMATS.join('|')}"}`;

/** A report younger than this arrived after the connection was seen to end. */
const REPORTED_SINCE = SIGNATURE_ACTIVE_SECONDS - REPORT_WRITE_TIMEOUT_SECONDS;

/** Datasets whose LC recently reported samples, or a stage as ready. */
export const reportingDatasets = () => `(
  sedna_dataset_info
  and on (${DATASET}) (time() - max by (${DATASET}) (sedna_dataset_update_timestamp_seconds) < ${REPORTED_SINCE})
  or
  sedna_dataset_info
  and on (cluster, namespace, name)
  label_replace(
    ${family(TRIGGERED_KINDS, 'info', ', dataset!=""')}
    and on (${JOB}) ${jobsInCondition(STAGED, [], ['Ready'])}
    and on (${JOB}) (time() - ${lastTransitionTime()} < ${REPORTED_SINCE}),
    "name", "$1", "dataset", "(.+)"
  )
)`;
