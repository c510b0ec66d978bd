/** PromQL for phases of pods. */
import { RESTART_LOOP, RESTART_SETTLED_SECONDS, RESTART_WINDOW_SECONDS } from '../thresholds';
import { POD } from './labels';

/** Pods in one of some phases. @param phases a pattern */
export const podsIn = (phases: string) => `max by (${POD}) (kube_pod_status_phase{phase=~"${phases}"} == 1)`;

/** Pods that have ended. */
export const ENDED_PODS = podsIn('Succeeded|Failed');

/** Reason that kubelet gives while it waits before it restarts a container. */
export const BACK_OFF = 'CrashLoopBackOff';

const RESTARTS = 'kube_pod_container_status_restarts_total';

/** Pods that have started and of which a container crashes and is restarted, again and again. */
export const crashingContainers = () => `(
    max by (${POD}) (${RESTARTS} - min_over_time(${RESTARTS}[${RESTART_WINDOW_SECONDS}s])) >= ${RESTART_LOOP}
    and on (${POD}) (max by (${POD}) (${RESTARTS} - min_over_time(${RESTARTS}[${RESTART_SETTLED_SECONDS}s])) > 0)
    unless on (${POD}) ${ENDED_PODS}
    or on (${POD})
    (max by (${POD}) ({__name__=~"kube_pod(_init)?_container_status_waiting_reason", reason="${BACK_OFF}"} == 1) unless on (${POD}) ${podsIn('Pending')})
  )`;
