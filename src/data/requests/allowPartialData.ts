import { LoadingState, type DataQueryError, type PanelData } from '@grafana/data';

/** Response in which optional queries may have failed. */
export interface PartialPanelData extends PanelData {
  /** Errors of the optional queries by refId. */
  optionalErrors: Readonly<Record<string, DataQueryError>>;
}

const NONE = {};

/**
 * Moves the errors of optional queries to `optionalErrors`, if the essential one succeeded.
 * @param essential refId of the essential query; all are if absent
 */
export function allowPartialData(data: PanelData | undefined, essential?: string): PartialPanelData | undefined {
  if (!data) {
    return undefined;
  }
  const errors = data.errors ?? [];
  if (essential === undefined || errors.length === 0) {
    return { ...data, optionalErrors: NONE };
  }
  // An error without refId is one of the whole request.
  const optionalErrors = Object.fromEntries(errors.map((error) => [error.refId ?? essential, error]));
  if (optionalErrors[essential]) {
    return { ...data, optionalErrors: NONE };
  }
  return { ...data, state: LoadingState.Done, error: undefined, errors: undefined, optionalErrors };
}
