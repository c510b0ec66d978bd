/** The other features of Sedna: incremental learning, federated learning, joint inference; a dashboard each. */
import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import {
  chosen,
  matchVariable,
  withDescription,
  NAMESPACE,
  ON_OBJECT,
  transitions,
  getVariable,
} from '../src/query/dashboards';
import { age, aggregate, filterActiveState, buildSelector } from '../src/query/promql';
import { equals, matches } from '../src/query/escape';
import { getFamilyPrefix } from '../src/sedna/catalog/resourceMetrics';
import { findKind, type KindName } from '../src/sedna/kinds';
import {
  activeWorkers,
  conditionTimeline,
  modelsTable,
  objectsTable,
  phaseTimeline,
  workerErrors,
  workersTable,
  workerVolume,
} from './parts';
import { APP_LINKS, board, finished, conditionMarks, jobVariable, namespaceVariable } from './shared';
import { OF_OBJECT, seriesPanel, statPanel, tablePanel, type Ask } from './panels';
import { COLORS } from './states';

interface Feature {
  kind: KindName;
  id: string;
  title: string;
  description: string;
  /** What the kind is called. */
  noun: string;
  /** Width of the panel that counts conditions. */
  width: number;
}

/** What every feature's dashboard begins with. */
const open = ({ kind, id, title, description, noun, width }: Feature) =>
  board({ id, title, description, page: `resources?kind=${kind}`, logs: true })
    .withVariable(namespaceVariable(`${getFamilyPrefix(kind)}_info`))
    // Pods are told by the names of their jobs, so these must be the names of jobs of this kind.
    .withVariable(
      jobVariable(`${getFamilyPrefix(kind)}_info`, [NAMESPACE], noun, { name: getVariable(kind), exact: true })
    )
    .withPanel(
      statPanel({
        title: findKind(kind)?.kind.endsWith('Service') ? 'Services' : 'Jobs',
        about: [`${getFamilyPrefix(kind)}_info`],
        asks: [
          [
            aggregate('count', ['cluster'], buildSelector(`${getFamilyPrefix(kind)}_info`, matchVariable(kind))),
            '{{cluster}}',
          ],
        ],
        empty: '0',
      })
    )
    .withPanel(
      statPanel({
        title: 'By newest condition',
        about: [`${getFamilyPrefix(kind)}_condition`],
        asks: [
          [
            aggregate(
              'count',
              ['cluster', 'condition'],
              filterActiveState(buildSelector(`${getFamilyPrefix(kind)}_condition`, matchVariable(kind)))
            ),
            '{{cluster}} {{condition}}',
          ],
        ],
        width,
        named: true,
        colors: Object.fromEntries((findKind(kind)?.conditionTypes ?? []).map((type) => [type, COLORS[type]])),
        empty: '0',
      })
    );

const numbers = (kind: KindName, suffix: string) =>
  aggregate('max', ON_OBJECT, buildSelector(`${getFamilyPrefix(kind)}_${suffix}`, matchVariable(kind)));

const started = (kind: KindName) => ({
  expression: aggregate(
    'max',
    ON_OBJECT,
    age(buildSelector(`${getFamilyPrefix(kind)}_start_timestamp_seconds`, matchVariable(kind)))
  ),
  column: { title: 'Started', width: 100, unit: 's', decimals: 0 },
});

const workerStat = (title: string, asks: readonly Ask[], about: string) =>
  statPanel({ title, about: [about], asks, empty: '0' });

const workersThatRun = (kind: KindName) =>
  workerStat(
    'Running',
    [[aggregate('sum', ['cluster'], buildSelector('sedna:workers:active', chosen(kind))), '{{cluster}}']],
    'sedna:workers:active'
  );

export function incrementalDashboard(): Dashboard {
  const kind = 'IncrementalLearningJob';
  const failed = [...chosen(kind), equals('condition', 'Failed')];
  return finished(
    open({
      kind,
      id: 'incremental',
      title: 'incremental learning',
      description: 'Incremental learning jobs: stages, rounds, evaluations, models and workers.',
      noun: 'Job',
      width: 12,
    })
      .annotation(
        conditionMarks(
          'Rounds begin',
          [...chosen(kind), equals('stage', 'Train'), equals('condition', 'Waiting')],
          'blue',
          { title: '{{name}}: a round begins' }
        )
      )
      .annotation(conditionMarks('Failures', failed, 'red'))
      .withPanel(workersThatRun(kind))
      .withPanel(
        statPanel({
          title: 'Failures',
          about: ['Conditions Failed that were written within the time range.'],
          asks: [[transitions(failed, ['cluster']), '{{cluster}}']],
          badFrom: 1,
          empty: '0',
        })
      )
      .withPanel(
        objectsTable(kind, {
          title: 'Newest condition of each job',
          numbers: [
            {
              expression: aggregate('max', ON_OBJECT, buildSelector('sedna_job_round', chosen(kind))),
              column: { title: 'Round', width: 80 },
            },
            { expression: transitions(failed, ON_OBJECT), column: { title: 'Failures', width: 90 } },
          ],
          height: 5,
        })
      )
      .withPanel(conditionTimeline(kind, 'Condition of each job', 5))
      .withPanel(
        seriesPanel({
          title: 'Duration of stages',
          about: ['sedna_job_stage_duration_seconds'],
          asks: [
            [
              aggregate(
                'max',
                [...ON_OBJECT, 'stage'],
                buildSelector('sedna_job_stage_duration_seconds', chosen(kind))
              ),
              `${OF_OBJECT} {{stage}}`,
            ],
          ],
          unit: 's',
          empty: 'No stage has ended yet',
        })
      )
      .withPanel(
        seriesPanel({
          title: 'Evaluation of each round',
          about: ['sedna_job_eval_metric'],
          asks: [
            [
              aggregate('max', [...ON_OBJECT, 'metric'], buildSelector('sedna_job_eval_metric', chosen(kind))),
              `${OF_OBJECT} {{metric}}`,
            ],
          ],
          empty: 'No evaluation has reported a metric yet',
        })
      )
      .withPanel(modelsTable(chosen(kind), 'Current models', 24, 7))
      .withPanel(workersTable(chosen(kind)))
      .withPanel(workerVolume(getVariable(kind)))
      .withPanel(workerErrors(getVariable(kind))),
    ['Duration of stages', 'Evaluation of each round']
  );
}

export function federatedDashboard(): Dashboard {
  const kind = 'FederatedLearningJob';
  return finished(
    open({
      kind,
      id: 'federated',
      title: 'federated learning',
      description: 'Federated learning jobs: phases, workers that train and aggregate, what they log.',
      noun: 'Job',
      width: 12,
    })
      .withPanel(workersThatRun(kind))
      .withPanel(
        workerStat(
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
          title: 'Newest condition of each job',
          numbers: [
            { expression: numbers(kind, 'active_workers'), column: { title: 'Active', width: 80 } },
            { expression: numbers(kind, 'succeeded_workers'), column: { title: 'Succeeded', width: 100 } },
            { expression: numbers(kind, 'failed_workers'), column: { title: 'Failed', width: 80 } },
            started(kind),
          ],
          height: 7,
        })
      )
      .withPanel(conditionTimeline(kind, 'Condition of each job', 6))
      .withPanel(phaseTimeline(kind, 6))
      .withPanel(
        tablePanel({
          title: 'Models',
          about: [`${getFamilyPrefix(kind)}_info`],
          expressions: [withDescription(kind, ['aggregation_model', 'pretrained_model'], matchVariable(kind))],
          columns: [
            { of: 'namespace', title: 'Namespace', width: 110 },
            { of: 'name', title: 'Job', link: APP_LINKS.object(kind) },
            { of: 'aggregation_model', title: 'Model of the aggregation' },
            { of: 'pretrained_model', title: 'Pretrained model' },
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

export function jointInferenceDashboard(): Dashboard {
  const kind = 'JointInferenceService';
  const metric = `${getFamilyPrefix(kind)}_metric`;
  return finished(
    open({
      kind,
      id: 'joint-inference',
      title: 'joint inference',
      description: 'Joint inference services: samples inferred at the edge and in the cloud, hard examples, workers.',
      noun: 'Service',
      width: 8,
    })
      .withPanel(workersThatRun(kind))
      .withPanel(
        statPanel({
          title: 'Figures that workers report',
          about: [metric],
          asks: [
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
          named: true,
          empty: 'nothing reported yet',
        })
      )
      .withPanel(
        objectsTable(kind, {
          title: 'Newest condition of each service',
          numbers: [
            { expression: numbers(kind, 'active_workers'), column: { title: 'Active', width: 80 } },
            { expression: numbers(kind, 'failed_workers'), column: { title: 'Failed', width: 80 } },
            started(kind),
          ],
          height: 5,
        })
      )
      .withPanel(conditionTimeline(kind, 'Condition of each service', 5))
      .withPanel(
        seriesPanel({
          title: 'Samples inferred, and hard examples',
          about: [metric],
          asks: [
            [
              aggregate(
                'max',
                [...ON_OBJECT, 'key'],
                buildSelector(metric, [...matchVariable(kind), matches('key', '.*Number')])
              ),
              `${OF_OBJECT} {{key}}`,
            ],
          ],
          unit: 'locale',
          empty: 'The workers have reported no figures yet',
        })
      )
      .withPanel(
        seriesPanel({
          title: 'Share of samples that goes to the cloud',
          about: [metric],
          asks: [
            [
              aggregate(
                'max',
                ON_OBJECT,
                buildSelector(metric, [...matchVariable(kind), equals('key', 'uploadCloudRatio')])
              ),
              OF_OBJECT,
            ],
          ],
          unit: 'percentunit',
          empty: 'The workers have reported no figures yet',
        })
      )
      .withPanel(
        tablePanel({
          title: 'Models',
          about: [`${getFamilyPrefix(kind)}_info`],
          expressions: [withDescription(kind, ['edge_model', 'cloud_model'], matchVariable(kind))],
          columns: [
            { of: 'namespace', title: 'Namespace', width: 110 },
            { of: 'name', title: 'Service', link: APP_LINKS.object(kind) },
            { of: 'edge_model', title: 'Model at the edge' },
            { of: 'cloud_model', title: 'Model in the cloud' },
          ],
          height: 5,
        })
      )
      .withPanel(workersTable(chosen(kind)))
      .withPanel(workerVolume(getVariable(kind)))
      .withPanel(workerErrors(getVariable(kind)))
  );
}
