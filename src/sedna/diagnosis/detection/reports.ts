/** Stages that completed without the report of their worker. */
import type { Stage } from '../../kinds';
import type { SignatureMatch } from '../../logs/signatures';
import { JOB } from '../promql/labels';
import { STAGED } from './kinds';
import { toLineEvidence, type Evidence, type RuleContext } from '../rule';

export const toWithoutDataEvidence = (stage: Stage): Evidence => ({
  query: 'completed-without-data',
  values: { stage, withoutData: true },
});

/** Lines of the last workers of some stages, which show that they could not reach their local controller. */
function getCutOffLines({ signatures, facts }: RuleContext, stages: readonly Stage[]): SignatureMatch[] {
  const last = (facts.workers ?? []).filter(
    ({ type, ended }) => ended !== undefined && stages.some((stage) => stage.toLowerCase() === type)
  );
  return signatures
    .all('report-lost', 'report-refused')
    .filter(({ line }) => last.length === 0 || last.some(({ pod }) => pod === line.pod));
}

/** Lines about the reports of some stages, and about what the components made of them. */
export function toLostReportEvidence(context: RuleContext, stages: readonly Stage[]): Evidence[] {
  const own = [...getCutOffLines(context, stages), ...context.signatures.all('stage-invalid', 'model-missing')];
  return toLineEvidence(own.sort((a, b) => a.line.time - b.line.time));
}

/**
 * Whether the last worker of one of some stages logged that it could not reach its local controller; otherwise the report
 * was overwritten, or lost on its way.
 */
export const isWorkerCutOff = (context: RuleContext, stages: readonly Stage[]): boolean =>
  getCutOffLines(context, stages).length > 0;

/** Jobs whose newest Completed of a stage carries no data. @param stages a pattern */
export const jobsCompletedWithoutData = (stages: string) =>
  `max by (${JOB}, stage) (sedna_job_completed_without_data{kind=~"${STAGED.join('|')}", stage=~"${stages}"} == 1)`;

/** Jobs of which a model has a role. */
export const jobsWithModel = (role: 'trained' | 'deployed') =>
  `group by (${JOB}) (sedna_job_model_info{role="${role}"})`;
