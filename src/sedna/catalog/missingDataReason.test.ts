import { getMissingDataReason } from './missingDataReason';
import { findMetric, type Metric } from '.';

const because = (name: string, ...found: string[]) => getMissingDataReason(findMetric(name) as Metric, new Set(found));

it('says what Sedna itself does not record, where what could tell it is there', () => {
  expect(because('sedna:inference_rate:percent', 'sedna:job_info')).toEqual({
    why: 'not-recorded',
    reason: expect.stringContaining('custom tables'),
  });
  expect(because('sedna:inference_rate:percent', 'sedna_dataset_info')).toEqual({
    why: 'not-installed',
    source: 'recording-rule',
  });
});

it('does not call all of a metric unrecorded because of a part of it', () => {
  expect(because('sedna_job_model_info', 'sedna_dataset_info')).toEqual({
    why: 'not-installed',
    source: 'exporter-cluster',
  });
  expect(because('sedna_job_model_info', 'sedna_job_round')).toEqual({ why: 'no-samples' });
});

it('tells a source of which nothing is there', () => {
  expect(because('sedna_job_round', 'sedna_dataset_info')).toEqual({
    why: 'not-installed',
    source: 'exporter-cluster',
  });
  expect(because('node_cpu_seconds_total', 'sedna_dataset_info')).toEqual({
    why: 'not-installed',
    source: 'node-exporter',
  });
});

it('tells a kind of which there is no object', () =>
  expect(because('sedna_reidjob_phase', 'sedna_dataset_info')).toEqual({ why: 'no-object', kind: 'ReidJob' }));

it('tells that nothing was said, where the source and objects are there', () => {
  expect(because('sedna_reidjob_phase', 'sedna_reidjob_info')).toEqual({ why: 'no-samples' });
  expect(because('sedna_log_task_score', 'sedna_log_stage_samples')).toEqual({ why: 'no-samples' });
});
