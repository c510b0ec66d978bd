/** Reasons for a failed request to the API server: values of the label `cause`. */
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

/** Reasons why part of an object is skipped or inconsistent: values of the label `cause`. */
export const OBJECT_CAUSES = [
  /** A field has a different type than in the CRD. */
  'invalid_object',
  /** `conditions[].data` isn't a JSON object, or its models aren't. */
  'malformed_data',
  /** Sedna has no such stage or condition type. */
  'unknown_condition',
  'invalid_time',
  /** A stage ended before it started because the clock was set back. */
  'time_backwards',
  /** An earlier stage follows although the round wasn't over and no stage failed. */
  'stage_back',
  /** A stage ended while it wasn't running: the report arrived after the global manager had moved on. */
  'late_report',
  /** The round number decreased, as after a restart of the local controller. */
  'round_restarted',
  /** Conditions disappeared because a concurrent writer overwrote them. */
  'conditions_lost',
  /** An object was deleted and recreated under the same name, so its counters restart. */
  'recreated',
  'not_a_number',
  'duplicate_key',
  'too_many_keys',
  'too_many_models',
  'too_long',
] as const;
export type ObjectCause = (typeof OBJECT_CAUSES)[number];

/**
 * Inconsistency in an object. `where` is its stable location in the object; neither field contains values from the
 * object.
 */
export interface ObjectIssue {
  cause: ObjectCause;
  where: string;
}

/** Failed request to the API server. */
export class ReadError extends Error {
  constructor(
    readonly readCause: ReadCause,
    message: string
  ) {
    super(message);
  }
}
