/** Federated learning jobs: conditions, phases, and workers. */
import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { chosen, matchVariable, withDescription, getVariable } from '../../src/query/dashboards';
import { aggregate, buildSelector } from '../../src/query/promql';
import { getFamilyPrefix } from '../../src/sedna/catalog/resourceMetrics';
import {
  activeWorkers,
  conditionTimeline,
  objectsTable,
  phaseTimeline,
  workerErrors,
  workersTable,
  workerVolume,
} from '../sharedPanels';
import { APP_LINKS, buildDashboard } from '../base';
import { tablePanel } from '../panels';
import {
  createKindDashboard,
  maxOfFamily,
  runningWorkersPanel,
  startedColumn,
  workerCountPanel,
} from '../kindDashboard';

export function federatedLearningDashboard(): Dashboard {
  const kind = 'FederatedLearningJob';
  return buildDashboard(
    createKindDashboard({
      kind,
      id: 'federated',
      title: 'federated learning',
      description: 'Federated learning jobs: phases, training and aggregation workers, and their logs.',
      noun: 'Job',
      width: 12,
    })
      .withPanel(runningWorkersPanel(kind))
      .withPanel(
        workerCountPanel(
          'Failed',
          [
            [
              aggregate(
                'sum',
                ['cluster'],
                buildSelector(`${getFamilyPrefix(kind)}_failed_workers`, matchVariable(kind))
              ),
              '{{cluster}}',
            ],
          ],
          `${getFamilyPrefix(kind)}_failed_workers`
        )
      )
      .withPanel(
        objectsTable(kind, {
          title: 'Latest condition by job',
          numberColumns: [
            { expression: maxOfFamily(kind, 'active_workers'), column: { title: 'Active', width: 80 } },
            { expression: maxOfFamily(kind, 'succeeded_workers'), column: { title: 'Succeeded', width: 100 } },
            { expression: maxOfFamily(kind, 'failed_workers'), column: { title: 'Failed', width: 80 } },
            startedColumn(kind),
          ],
          height: 7,
        })
      )
      .withPanel(conditionTimeline(kind, 'Condition by job', 6))
      .withPanel(phaseTimeline(kind, 6))
      .withPanel(
        tablePanel({
          title: 'Models',
          descriptions: [`${getFamilyPrefix(kind)}_info`],
          expressions: [withDescription(kind, ['aggregation_model', 'pretrained_model'], matchVariable(kind))],
          columns: [
            { field: 'namespace', title: 'Namespace', width: 110 },
            { field: 'name', title: 'Job', link: APP_LINKS.object(kind) },
            { field: 'aggregation_model', title: 'Aggregation model' },
            { field: 'pretrained_model', title: 'Pretrained model' },
          ],
          width: 12,
          height: 8,
        })
      )
      .withPanel(activeWorkers(chosen(kind)))
      .withPanel(workersTable(chosen(kind)))
      .withPanel(workerVolume(getVariable(kind)))
      .withPanel(workerErrors(getVariable(kind)))
  );
}
