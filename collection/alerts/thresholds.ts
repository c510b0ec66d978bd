/** What alerts judge by beside the thresholds of the diagnosis; in seconds where nothing else is said. */

/** A trigger may wait for samples for hours; after a day somebody should know. */
export const TRIGGER_WAIT = 86_400;

/** A run that takes this many times as long as the longest of the window before. */
export const SLOW_FACTOR = 3;
export const SLOW_WINDOW = '7d';

/** Share of an evaluation metric by which it must have fallen: scores differ by some percent from round to round. */
export const EVALUATION_FALL = 0.1;

/** Metrics of which less is better. */
export const LESS_IS_BETTER = '(?i).*(loss|err|mae|mse|latency|time).*';

/** Share of samples that end in an error. */
export const INFERENCE_ERROR_SHARE = 0.05;
/** Minutes with lines of level error, of the last so many. */
export const INFERENCE_ERROR_MINUTES = 10;
export const INFERENCE_ERROR_WINDOW = 1800;

/** Inference that wrote lines in nearly all minutes of a window, and in none of those since. */
export const INFERENCE_SILENT_AFTER = 1800;
export const INFERENCE_REGULAR_WINDOW = 7200;
export const INFERENCE_REGULAR_SHARE = 0.75;

/** Workers that train or evaluate log when they start: one of the last hour that has logged nothing so long after. */
export const LOGS_LATE_AFTER = 600;
export const LOGS_WINDOW = 3600;
