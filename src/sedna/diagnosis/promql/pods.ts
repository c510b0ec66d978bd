/** PromQL for phases of pods. */
import { POD } from './labels';

/** Pods in one of some phases. @param phases a pattern */
export const podsIn = (phases: string) => `max by (${POD}) (kube_pod_status_phase{phase=~"${phases}"} == 1)`;

/** Pods that have ended. */
export const ENDED_PODS = podsIn('Succeeded|Failed');
