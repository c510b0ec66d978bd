/** How long is too long, in seconds, and how much is too much; each with the loop of Sedna or Kubernetes it follows. */

/** What is called offline and late everywhere else, is so here. */
export {
  NODE_OFFLINE_AFTER_SECONDS as NODE_OFFLINE_AFTER,
  SAMPLES_STALE_AFTER_SECONDS as SAMPLE_STALE_AFTER,
} from '../staleness';

/** The global manager (GM) hands everything over again every 30 to 60 s: what it does not do in two such rounds it cannot. */
export const GM_RESYNC_TIMEOUT_SECONDS = 120;

/** A worker reports 5 times, 3 s apart; a report that is late comes within that. Four times as long is lost. */
export const REPORT_LOST_AFTER_SECONDS = 60;

/** The local controller (LC) looks at jobs and hands samples over every 10 s: six tries. */
export const LC_RETRY_TIMEOUT_SECONDS = 60;

/** The LC reads datasets every 60 s, and jobs learn of them 10 s later: two such rounds and a half. */
export const DATASET_UNREAD_AFTER_SECONDS = 180;

/** An LC tries to reach the GM 5 times, 5 s apart, and starts again: more than two such cycles. */
export const LC_DISCONNECTED_AFTER_SECONDS = 60;

/** A report that came just before a connection ended is written into the object just after it. */
export const REPORT_WRITE_TIMEOUT_SECONDS = 10;

/** After a node is back, what waited on it arrives late: the rules that look at it wait as long as this. */
export const NODE_SETTLE_SECONDS = 600;

/**
 * A healthy job leaves Ready, Starting, Eval/Waiting and Deploy/Waiting within a minute or so; ten are left for large
 * images and remote data. Train/Waiting may last for days, Running as long as training takes.
 */
export const NO_PROGRESS_AFTER_SECONDS = 600;

/** kubelet tells why a container waits as soon as its first try fails; a minute lets a second try mend it. */
export const CONTAINER_WAITING_AFTER_SECONDS = 60;

/** Seconds over which restarts are counted, and how many make a loop; kubelet's pauses grow from 10 s to 300 s. */
export const RESTART_WINDOW_SECONDS = 3600;
export const RESTART_LOOP = 3;

/** The pods of a stage are seen one or two scrapes after its condition. */
export const POD_GONE_AFTER_SECONDS = 180;

/** Windows over which failures are counted, and how many in one of them make a loop. */
export const FAILURE_WINDOWS = [3600, 86_400] as const;
export const FAILURE_LOOP = 2;

/** The exporter reads its sources every few seconds; five minutes without success is no hiccup. */
export const SOURCE_STALE_AFTER_SECONDS = 300;

/** How far back the newest sample of an object is looked for that has none now, and at which steps. */
export const SEEN_WINDOW_SECONDS = 86_400;
export const SEEN_STEP_SECONDS = 300;

/** A line that repeats (every 10 s, every 60 s) and was not seen for as long as this is over. */
export const SIGNATURE_ACTIVE_SECONDS = 300;

/** Clocks of edge nodes drift: a line counts as later than a condition up to this much before it. */
export const CLOCK_DRIFT_SECONDS = 60;
