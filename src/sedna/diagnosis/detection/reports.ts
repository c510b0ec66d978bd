/** Stages that completed without the report of their worker. */
import type { Stage } from '../../kinds';
import { JOB } from '../promql/labels';
import { toLineEvidence, type Evidence, type RuleContext } from '../rule';

export const toWithoutDataEvidence = (stage: Stage): Evidence => ({
  query: 'completed-without-data',
  values: { stage, withoutData: true },
});

export const toLostReportEvidence = ({ signatures }: RuleContext) =>
  toLineEvidence(signatures, 'report-lost', 'report-refused', 'stage-invalid', 'model-missing');

/** Jobs whose newest Completed of a stage carries no data. @param stages a pattern */
export const jobsCompletedWithoutData = (stages: string) =>
  `max by (${JOB}, stage) (sedna_job_completed_without_data{kind="LifelongLearningJob", stage=~"${stages}"} == 1)`;
