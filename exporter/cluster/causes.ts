/** Why the API server could not be read. */
export const READ_CAUSES = [
  'unreachable',
  'timeout',
  'unauthorized',
  'forbidden',
  'expired',
  'server_error',
  'bad_answer',
  'malformed_event',
  'other',
] as const;
export type ReadCause = (typeof READ_CAUSES)[number];

/** What was left out of an object that was read, or what is odd about it. */
export const OBJECT_CAUSES = [
  /** A field has another type than the CRD gives it. */
  'invalid_object',
  /** `conditions[].data` is no JSON object, or holds models that are none. */
  'malformed_data',
  /** A stage or a type that Sedna does not have. */
  'unknown_condition',
  'invalid_time',
  /** A stage ended before it began: the clock was set back. */
  'time_backwards',
  /** An earlier stage follows, though neither a round ended nor a stage failed. */
  'stage_back',
  /** A stage ended that was not running: a report that came after the global manager had gone on. */
  'late_report',
  /** The round number went back, as when a local controller restarts. */
  'round_restarted',
  /** Conditions that were there are gone: a writer overwrote them. */
  'conditions_lost',
  /** An object of the same name was deleted and made anew, so its counters start again. */
  'recreated',
  'not_a_number',
  'duplicate_key',
  'too_many_keys',
  'too_many_models',
  'too_long',
] as const;
export type ObjectCause = (typeof OBJECT_CAUSES)[number];

/** Something odd in an object; `where` is the place in it, the same at every read. Holds no value of the object. */
export interface Problem {
  cause: ObjectCause;
  where: string;
}

/** A read that failed. */
export class ReadError extends Error {
  constructor(
    readonly readCause: ReadCause,
    message: string
  ) {
    super(message);
  }
}
