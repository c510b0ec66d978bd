/** Stages of a job that learns in rounds, in the order of one round. */
export const STAGES = ['Train', 'Eval', 'Deploy'] as const;
export type Stage = (typeof STAGES)[number];

/** Values of `conditions[].type` of a job with stages. */
export const STAGE_CONDITIONS = ['Waiting', 'Ready', 'Starting', 'Running', 'Completed', 'Failed'] as const;
export type StageCondition = (typeof STAGE_CONDITIONS)[number];

/** Values that Kubernetes allows for `conditions[].status`. Sedna only ever writes "True". */
export const CONDITION_STATUSES = ['True', 'False', 'Unknown'] as const;

/** Values of `conditions[].type` of a service. */
export const SERVICE_CONDITIONS = ['Pending', 'Failed', 'Running'] as const;

/** Values of `status.phase` of a job that has one. */
export const JOB_PHASES = ['Pending', 'Running', 'Succeeded', 'Failed'] as const;
