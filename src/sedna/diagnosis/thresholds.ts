/** Limits that several rules share, in seconds or as counts, each with the loop of Sedna or Kubernetes that it follows. */

/** The same limits as everywhere else in the app. */
export { NODE_OFFLINE_AFTER_SECONDS, SAMPLES_STALE_AFTER_SECONDS } from '../staleness';

/**
 * Two resyncs of the global manager (GM), 30 to 60 s each (`MinResyncPeriodSeconds`, pkg/globalmanager/config). A state that
 * outlives both is stuck.
 */
export const GM_RESYNC_TIMEOUT_SECONDS = 120;

/** Four times the 15 s in which a worker tries to report: 5 tries, 3 s apart. */
export const REPORT_LOST_AFTER_SECONDS = 60;

/** Six tries of the local controller (LC), which processes jobs and samples every 10 s. */
export const LC_RETRY_TIMEOUT_SECONDS = 60;

/** Two and a half cycles of the LC: it reads datasets every 60 s, and jobs see them 10 s later. */
export const DATASET_UNREAD_AFTER_SECONDS = 180;

/** A dataset that was seen within this may still exist: of several kube-state-metrics, the one that shows it may be down. */
export const DATASET_SEEN_SECONDS = 3600;

/** Window in which the number of kube-state-metrics is the usual one that was reached in at least a tenth of it. */
export const PARTS_WINDOW_SECONDS = 86_400;

/** More than two cycles in which an LC tries to reach the GM: 5 tries, 5 s apart. */
export const LC_DISCONNECTED_AFTER_SECONDS = 60;

/** Time in which a report that arrived just before a connection ended is still written to the object. */
export const REPORT_WRITE_TIMEOUT_SECONDS = 10;

/** Time for which a node that is back delivers delayed reports, at most; rules that depend on them stay skipped so long. */
export const NODE_SETTLE_SECONDS = 600;

/**
 * A healthy job leaves Ready, Starting, Eval/Waiting, and Deploy/Waiting within about a minute; ten allow for large images
 * and remote data. Train/Waiting may last for days, Running as long as training takes.
 */
export const NO_PROGRESS_AFTER_SECONDS = 600;

/** kubelet reports why a container waits after its first try; a minute allows for a second one. */
export const CONTAINER_WAITING_AFTER_SECONDS = 60;

/** Window in which restarts are counted, and the number that makes a loop; the back-off of kubelet grows from 10 s to 300 s. */
export const RESTART_WINDOW_SECONDS = 3600;
export const RESTART_LOOP = 3;

/** Mean interval of the slowest loop: a container that has run for longer since its last restart has left it. */
export const RESTART_SETTLED_SECONDS = RESTART_WINDOW_SECONDS / RESTART_LOOP;

/** Pods of a stage appear one or two scrapes after its condition. */
export const POD_GONE_AFTER_SECONDS = 180;

/** Windows in which failures are counted, and the number that makes a loop in one of them. */
export const FAILURE_WINDOWS = [3600, 86_400] as const;
export const FAILURE_LOOP = 2;

/** The exporter reads its sources every few seconds; five minutes without success are no glitch. */
export const SOURCE_STALE_AFTER_SECONDS = 300;

/** How far back the newest sample of an object without a current one is searched, and in which steps. */
export const SEEN_WINDOW_SECONDS = 86_400;
export const SEEN_STEP_SECONDS = 300;

/** Age at which a line that repeats every 10 or 60 s no longer describes the present. */
export const SIGNATURE_ACTIVE_SECONDS = 300;

/** Clocks of edge nodes drift: a line may predate the condition that it follows by this much. */
export const CLOCK_DRIFT_SECONDS = 60;

/** Formats of a dataset that the LC can read, in any case. */
export const DATASET_FORMATS: readonly string[] = ['csv', 'txt'];
