import { LoadingState, type DataQueryError, type PanelData } from '@grafana/data';

/** An answer that is whole but for some expressions that the page can do without. */
export interface PartialAnswer extends PanelData {
  /** Why expressions failed, by refId. */
  missing: Readonly<Record<string, DataQueryError>>;
}

const NONE = {};

/** Makes a whole answer of one in which other expressions than the essential one failed; says which. */
export function tolerate(data: PanelData | undefined, essential: string): PartialAnswer | undefined {
  if (!data) {
    return undefined;
  }
  const errors = data.errors ?? [];
  const missing = Object.fromEntries(errors.map((error) => [error.refId ?? essential, error]));
  if (errors.length === 0 || missing[essential]) {
    return { ...data, missing: NONE };
  }
  return { ...data, state: LoadingState.Done, error: undefined, errors: undefined, missing };
}
