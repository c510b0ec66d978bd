/** Queries that show the evidence of a finding in Explore. */
import type { Evidence } from '../sedna/diagnosis';
import {
  componentPod,
  diagnosisLines,
  endedWorkers,
  knowledgeBaseService,
  lastSampleTimestamps,
  selectDatasetMetric,
  selectFamily,
  recordedFindings,
  selectJobMetric,
  pendingWorkers,
  unfinishedWorkers,
  workerRestarts,
  workerWaiting,
} from './diagnosis';
import { STREAM_LABELS, type LogLabelNames } from './logs/logLabels';
import { age, ageAtScrape, filterActiveState, buildSelector, union } from './promql';
import { objectCondition } from './resources';
import { equals } from './escape';
import type { ObjectRef } from '../sedna/objectRef';

export interface EvidenceQuery {
  source: 'prometheus' | 'loki';
  expr: string;
}

const textOf = (value: string | number | boolean | undefined) => (value === undefined ? '' : String(value));

function promqlOf({ query, values }: Evidence, ref: ObjectRef): string {
  const node = textOf(values.node);
  switch (query) {
    case 'completed-without-data':
      return selectJobMetric('sedna_job_completed_without_data', ref);
    case 'failures':
      return selectJobMetric('sedna_job_condition_transitions_total', ref);
    case 'worker-phase':
      return unfinishedWorkers(ref);
    case 'worker-ended':
      return endedWorkers(ref);
    case 'worker-waiting':
      return workerWaiting(ref);
    case 'worker-pending':
      return age(pendingWorkers(ref));
    case 'worker-restarts':
      return workerRestarts(ref);
    case 'node-lease':
      return ageAtScrape(
        buildSelector('kube_lease_renew_time', [equals('namespace', 'kube-node-lease'), equals('lease', node)])
      );
    case 'local-controller':
      return buildSelector('sedna:local_controller_connected', [equals('node', node)]);
    case 'dataset-read':
      return selectDatasetMetric('sedna:dataset_read', ref);
    case 'dataset':
      return selectDatasetMetric('sedna_dataset_info', ref);
    case 'trigger':
      return selectJobMetric('sedna_job_trigger_info', ref);
    case 'deploy-status':
      return filterActiveState(selectJobMetric('sedna:job_deploy_status', ref));
    case 'knowledge-base':
      return union([buildSelector('sedna_knowledge_base_up'), componentPod('kb'), knowledgeBaseService()]);
    case 'global-manager':
      return componentPod('gm');
    case 'freshness':
      return values.source === undefined
        ? age(`(${lastSampleTimestamps(ref)})`)
        : age(
            buildSelector('sedna_exporter_source_last_success_timestamp_seconds', [
              equals('source', textOf(values.source)),
            ])
          );
    case 'recorded-finding':
      return recordedFindings(ref);
    case 'status-counts':
      return selectFamily(ref, 'failed_workers');
    default:
      return objectCondition(ref);
  }
}

/** Returns the query for a piece of evidence; undefined for log lines about a kind without signatures. */
export function buildEvidenceQuery(
  evidence: Evidence,
  ref: ObjectRef,
  names: LogLabelNames = STREAM_LABELS
): EvidenceQuery | undefined {
  if (evidence.query !== 'lines') {
    return { source: 'prometheus', expr: promqlOf(evidence, ref) };
  }
  const expr = diagnosisLines(ref, evidence.signatures, names);
  return expr === undefined ? undefined : { source: 'loki', expr };
}
