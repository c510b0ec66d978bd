import { absenceOf } from './absence';
import { findMetric, type Metric } from './index';

const because = (name: string, ...found: string[]) => absenceOf(findMetric(name) as Metric, new Set(found));

it('says first what Sedna itself does not record', () =>
  expect(because('sedna:inference_rate:percent')).toEqual({
    why: 'not-recorded',
    reason: expect.stringContaining('custom tables'),
  }));

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
  expect(because('sedna_reidjob_phase', 'sedna_reidjob_info')).toEqual({ why: 'nothing-said' });
  expect(because('sedna_log_task_score', 'sedna_log_stage_samples')).toEqual({ why: 'nothing-said' });
});
