/** Reasons for a failed read: values of the label `cause`. */
export const READ_CAUSES = [
  'missing_file',
  'not_a_file',
  'not_a_database',
  'corrupt',
  'locked',
  'write_ahead_log',
  'timeout',
  'worker',
  'other',
] as const;
export type ReadCause = (typeof READ_CAUSES)[number];

/** Reasons why a table or row is skipped in a successful read: values of the label `cause`. */
export const ROW_CAUSES = [
  'missing_table',
  'foreign_schema',
  'too_many_rows',
  'too_many_series',
  'invalid_name',
  'missing_value',
  'reserved_name',
  'name_collision',
  'label_collision',
  'ambiguous_metric_id',
  'unknown_metric',
  'label_count',
  'not_a_number',
  'not_a_time',
  'too_long',
  'dangling_id',
  'duplicate_row',
] as const;
export type RowCause = (typeof ROW_CAUSES)[number];

/** A skipped table or row. `where` is its stable location. */
export interface RowIssue {
  cause: RowCause;
  where: string;
  detail: string;
}

export type ReportIssue = (issue: RowIssue) => void;

/** A read without any result. */
export class ReadError extends Error {
  constructor(
    readonly readCause: ReadCause,
    message: string
  ) {
    super(message);
  }
}
