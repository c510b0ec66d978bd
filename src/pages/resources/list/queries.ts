import { listedDetails, listedObjects, listedStates, offlineReportingNodes } from '../../../query/resourceList';
import { unhealthyWorkers } from '../../../query/resources';
import { createInstantVectorRunner } from '../../../data/requests/instantVectorDataSource';
import type { KindName } from '../../../sedna/kinds';

/**
 * Creates the runner of the list: four queries, five for a kind whose status has numbers or a phase.
 * @param kind empty for all kinds
 */
export function createListRunner(kind: KindName | '') {
  const selectedKind = kind === '' ? undefined : kind;
  const details = selectedKind && listedDetails(selectedKind);
  return createInstantVectorRunner({
    objects: listedObjects(selectedKind),
    states: listedStates(selectedKind),
    ...(details && { details }),
    trouble: unhealthyWorkers(),
    silent: offlineReportingNodes(),
  });
}
