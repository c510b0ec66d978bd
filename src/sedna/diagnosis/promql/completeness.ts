/** PromQL for whether all objects are collected: of several kube-state-metrics, each may show a part of them. */
import { PARTS_WINDOW_SECONDS } from '../thresholds';

const INSTANCES = 'sedna:kube_state_metrics_instances';

/** Clusters in which fewer kube-state-metrics than usual answer, so that an object may exist and not be seen. */
export const INCOMPLETE = `(${INSTANCES} < quantile_over_time(0.9, ${INSTANCES}[${PARTS_WINDOW_SECONDS}s]))`;

/** Leaves out what is found because something is not seen, where it may exist. */
export const unlessIncomplete = (expression: string) => `(${expression})\nunless on (cluster) ${INCOMPLETE}`;
