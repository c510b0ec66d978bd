import { LoadingState, type DataQueryError, type PanelData } from '@grafana/data';

/** An answer that is whole but for some expressions that the page can do without. */
export interface PartialPanelData extends PanelData {
  /** Why expressions failed, by refId. */
  optionalErrors: Readonly<Record<string, DataQueryError>>;
}

const NONE = {};

/** Makes a whole answer of one in which other expressions than the essential one failed; says which. */
export function allowPartialData(data: PanelData | undefined, essential: string): PartialPanelData | undefined {
  if (!data) {
    return undefined;
  }
  const errors = data.errors ?? [];
  const missing = Object.fromEntries(errors.map((error) => [error.refId ?? essential, error]));
  if (errors.length === 0 || missing[essential]) {
    return { ...data, optionalErrors: NONE };
  }
  return { ...data, state: LoadingState.Done, error: undefined, errors: undefined, optionalErrors: missing };
}
