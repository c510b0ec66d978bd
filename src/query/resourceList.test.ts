import { parser } from '@prometheus-io/lezer-promql';
import { KIND_NAMES } from '../sedna/kinds';
import { listedDetails, listedObjects, listedStates, offlineReportingNodes } from './resourceList';

describe('objects', () => {
  it('of every kind are asked for at once, with the time of their scrape', () =>
    expect(listedObjects()).toBe(
      'max by (cluster, kind, namespace, name, dataset) (timestamp({__name__=~"sedna_[a-z]+_info", kind=~".+"}))'
    ));

  it('of one kind bring what their spec names, but no long path', () => {
    expect(listedObjects('Dataset')).toBe(
      'max by (cluster, kind, namespace, name, url, format, node) (timestamp(sedna_dataset_info))'
    );
    expect(listedObjects('LifelongLearningJob')).toBe(
      'max by (cluster, kind, namespace, name, dataset) (timestamp(sedna_lifelonglearningjob_info))'
    );
  });
});

describe('states', () => {
  const ON = '(cluster, kind, namespace, name)';

  it('are the newest condition with its time, of a dataset or model the time of its report', () => {
    expect(listedStates('ReidJob')).toBe(
      '(max by (cluster, kind, namespace, name, stage, condition) (sedna_reidjob_condition == 1)) ' +
        `* on ${ON} group_left () max by ${ON} (sedna_reidjob_last_transition_timestamp_seconds)`
    );
    expect(listedStates('Model')).toBe(`max by ${ON} (sedna_model_update_timestamp_seconds)`);
  });

  it('of all kinds are both', () =>
    expect(listedStates()).toBe(
      '(max by (cluster, kind, namespace, name, stage, condition) ' +
        '({__name__=~"sedna_[a-z]+_condition", kind=~".+"} == 1)) ' +
        `* on ${ON} group_left () max by ${ON} ` +
        '({__name__=~"sedna_[a-z]+_last_transition_timestamp_seconds", kind=~".+"}) ' +
        `or max by ${ON} ({__name__=~"sedna_[a-z]+_update_timestamp_seconds", kind=~".+"})`
    ));
});

it.each([
  ['LifelongLearningJob', undefined],
  ['Model', undefined],
  ['Dataset', '{__name__="sedna_dataset_samples"}'],
  [
    'FeatureExtractionService',
    '{__name__=~"sedna_featureextractionservice_active_workers|sedna_featureextractionservice_failed_workers|' +
      'sedna_featureextractionservice_start_timestamp_seconds"}',
  ],
] as const)('asks for the numbers that the status of a %s has', (kind, selected) =>
  expect(listedDetails(kind)).toBe(
    selected &&
      `max by (cluster, kind, namespace, name, field, phase) (label_replace(${selected}, ` +
        '"field", "\\u00241", "__name__", "sedna_[a-z]+_(.+)"))'
  )
);

it('asks for the phase of kinds that have one', () =>
  expect(listedDetails('FederatedLearningJob')).toContain('(label_replace(sedna_federatedlearningjob_phase == 1 or {'));

it('asks the server which objects a silent node reports on', () =>
  expect(offlineReportingNodes()).toBe(
    'max by (cluster, kind, namespace, name, node) ((sedna:worker_pod_info and on (cluster, namespace, pod) ' +
      'kube_pod_status_phase{phase=~"Pending|Running|Unknown"} == 1 or sedna_dataset_info) ' +
      '* on (cluster, node) group_left () label_replace(min by (cluster, lease) ' +
      '(timestamp(kube_lease_renew_time{namespace="kube-node-lease"}) - ' +
      'kube_lease_renew_time{namespace="kube-node-lease"}) > 60, "node", "\\u00241", "lease", "(.+)"))'
  ));

it('writes PromQL for every kind', () => {
  const all = [undefined, ...KIND_NAMES].flatMap((kind) => [
    listedObjects(kind),
    listedStates(kind),
    (kind && listedDetails(kind)) ?? '1',
  ]);
  for (const query of [...all, offlineReportingNodes()]) {
    const errors: string[] = [];
    parser.parse(query).iterate({ enter: ({ name }) => void (name === '⚠' && errors.push(query)) });
    expect(errors).toEqual([]);
  }
});
