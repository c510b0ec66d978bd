/** Joint inference services: samples at the edge and in the cloud, and workers. */
import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { chosen, matchVariable, withDescription, ON_OBJECT, getVariable } from '../../src/query/dashboards';
import { aggregate, buildSelector } from '../../src/query/promql';
import { equals, matches } from '../../src/query/escape';
import { getFamilyPrefix } from '../../src/sedna/catalog/resourceMetrics';
import { conditionTimeline, objectsTable, workerErrors, workersTable, workerVolume } from '../sharedPanels';
import { APP_LINKS, buildDashboard } from '../base';
import { OBJECT_LEGEND, seriesPanel, statPanel, tablePanel } from '../panels';
import { createKindDashboard, maxOfFamily, runningWorkersPanel, startedColumn } from '../kindDashboard';

/** Sedna has no working way to report the counters of the workers. */
const NOT_RECORDED = 'Not recorded by this version of Sedna';

export function jointInferenceDashboard(): Dashboard {
  const kind = 'JointInferenceService';
  const metric = `${getFamilyPrefix(kind)}_metric`;
  return buildDashboard(
    createKindDashboard({
      kind,
      id: 'joint-inference',
      title: 'joint inference',
      description: 'Joint inference services: samples at the edge and in the cloud, hard examples, and workers.',
      noun: 'Service',
      width: 8,
    })
      .withPanel(runningWorkersPanel(kind))
      .withPanel(
        statPanel({
          title: 'Worker metrics',
          descriptions: [metric],
          queries: [
            [
              aggregate(
                'sum',
                ['cluster', 'key'],
                buildSelector(metric, [...matchVariable(kind), matches('key', '.*Number')])
              ),
              '{{cluster}} {{key}}',
            ],
          ],
          unit: 'locale',
          width: 8,
          showNames: true,
          noValue: NOT_RECORDED,
        })
      )
      .withPanel(
        objectsTable(kind, {
          title: 'Latest condition by service',
          numberColumns: [
            { expression: maxOfFamily(kind, 'active_workers'), column: { title: 'Active', width: 80 } },
            { expression: maxOfFamily(kind, 'failed_workers'), column: { title: 'Failed', width: 80 } },
            startedColumn(kind),
          ],
          height: 5,
        })
      )
      .withPanel(conditionTimeline(kind, 'Condition by service', 5))
      .withPanel(
        seriesPanel({
          title: 'Inferred samples and hard examples',
          descriptions: [metric],
          queries: [
            [
              aggregate(
                'max',
                [...ON_OBJECT, 'key'],
                buildSelector(metric, [...matchVariable(kind), matches('key', '.*Number')])
              ),
              `${OBJECT_LEGEND} {{key}}`,
            ],
          ],
          unit: 'locale',
          noValue: NOT_RECORDED,
        })
      )
      .withPanel(
        seriesPanel({
          title: 'Share of samples sent to the cloud',
          descriptions: [metric],
          queries: [
            [
              aggregate(
                'max',
                ON_OBJECT,
                buildSelector(metric, [...matchVariable(kind), equals('key', 'uploadCloudRatio')])
              ),
              OBJECT_LEGEND,
            ],
          ],
          unit: 'percentunit',
          noValue: NOT_RECORDED,
        })
      )
      .withPanel(
        tablePanel({
          title: 'Models',
          descriptions: [`${getFamilyPrefix(kind)}_info`],
          expressions: [withDescription(kind, ['edge_model', 'cloud_model'], matchVariable(kind))],
          columns: [
            { field: 'namespace', title: 'Namespace', width: 110 },
            { field: 'name', title: 'Service', link: APP_LINKS.object(kind) },
            { field: 'edge_model', title: 'Edge model' },
            { field: 'cloud_model', title: 'Cloud model' },
          ],
          height: 5,
        })
      )
      .withPanel(workersTable(chosen(kind)))
      .withPanel(workerVolume(getVariable(kind)))
      .withPanel(workerErrors(getVariable(kind)))
  );
}
