import React, { type ReactNode } from 'react';
import type { PanelData } from '@grafana/data';
import { Alert, Text } from '@grafana/ui';
import { QueryErrorAlert } from './QueryErrorAlert';
import { TimeAgoText } from '../TimeAgoText';
import { getQueryError } from '../../data/requests/useLastGoodData';
import { LoadingIndicator } from './LoadingIndicator';
import { t } from '../../platform/i18n';

interface Props {
  /** How the query stands now. */
  data: PanelData | undefined;
  /** What there is to show: the last whole answer (useLastAnswer). */
  shown: PanelData | undefined;
  /** Name of the data source, for the words of an error. */
  source: string;
  /** What to show where the answer is there and empty. */
  empty?: ReactNode;
  isEmpty?: boolean;
  children: ReactNode;
}

/**
 * Shows what a query answered, or why it did not. The last whole answer stays in sight under an error: what was
 * known is better than nothing, as long as it says how old it is.
 */
export function QueryState({ data, shown, source, empty, isEmpty = false, children }: Props) {
  const error = getQueryError(data);
  if (error) {
    return (
      <>
        <QueryErrorAlert error={error} source={source} />
        {shown && !isEmpty && (
          <>
            <Text color="secondary" variant="bodySmall" element="p">
              <TimeAgoText seconds={shown.timeRange.to.valueOf() / 1000}>
                {(ago) => t('query-state.as-of', 'Refresh failed. Data from {{ago}}.', { ago })}
              </TimeAgoText>
            </Text>
            {children}
          </>
        )}
      </>
    );
  }
  if (!shown) {
    return <LoadingIndicator source={source} />;
  }
  const warnings = getWarnings(shown);
  return (
    <>
      {warnings.length > 0 && (
        <Alert
          severity="warning"
          title={t('query-state.partial', '{{source}} returned incomplete data', {
            source,
          })}
        >
          {warnings.join(' ')}
        </Alert>
      )}
      {isEmpty ? empty : children}
    </>
  );
}

/** What the data source warns of: partial results, and the like. */
const getWarnings = ({ series }: PanelData): string[] => [
  ...new Set(
    series.flatMap(({ meta }) =>
      (meta?.notices ?? []).flatMap(({ severity, text }) => (severity === 'info' ? [] : text))
    )
  ),
];
