/** Groups of kinds that rules are about. */
import { KINDS, type KindName } from '../../kinds';

const kindsWhere = (isWanted: (kind: (typeof KINDS)[number]) => boolean): readonly KindName[] =>
  KINDS.filter(isWanted).map(({ kind }) => kind);

export const ALL_KINDS = kindsWhere(() => true);
export const LIFELONG: readonly KindName[] = ['LifelongLearningJob'];
export const WITH_WORKERS = kindsWhere(({ hasWorkers }) => hasWorkers);
/** Kinds that run through the stages Train, Eval, and Deploy. */
export const STAGED = kindsWhere(({ staged }) => staged);
/** Kinds whose evaluation compares the new model with the old one, and decides whether the new one is deployed. */
export const COMPARING = kindsWhere(({ comparesModels }) => comparesModels === true);
/** Kinds without stages whose condition can be Failed. */
export const UNSTAGED = kindsWhere(({ staged, conditionTypes }) => !staged && conditionTypes.includes('Failed'));
/** Kinds whose status the global manager can't write, though it creates their workers. */
export const STATUS_LOST = kindsWhere(({ controlled, isStatusLost }) => controlled && isStatusLost === true);
/** Kinds whose objects no controller of Sedna handles. */
export const UNHANDLED = kindsWhere(({ controlled }) => !controlled);
