import React, { type ReactNode } from 'react';
import { Alert, Text } from '@grafana/ui';
import { toEmptyState, type RequestState } from '../../data/requests/requestState';
import { t } from '../../platform/i18n';
import { TimeAgoText } from '../TimeAgoText';
import { LoadingIndicator } from './LoadingIndicator';
import { QueryErrorAlert } from './QueryErrorAlert';

interface Props {
  request: RequestState<unknown>;
  /** Name of the data source, for errors and warnings. */
  source: string;
  /** Whether the value has nothing to show; `empty` is shown instead. */
  isEmpty?: boolean;
  empty?: ReactNode;
  /** Shown as soon as there is a value, also while a newer one loads. */
  children: ReactNode;
}

/**
 * Shows the value of a request, or why there is none. If a refresh fails, the last value stays visible below the error,
 * with its age.
 */
export function QueryState({ request: given, source, isEmpty = false, empty, children }: Props) {
  const request = isEmpty ? toEmptyState(given, empty) : given;
  if (request.state === 'failed') {
    return (
      <>
        <QueryErrorAlert error={request.error} source={source} />
        {request.value !== undefined && (
          <>
            {request.loadedAt !== undefined && (
              <Text color="secondary" variant="bodySmall" element="p">
                <TimeAgoText seconds={request.loadedAt}>
                  {(ago) => t('query-state.as-of', 'Refresh failed. Data from {{ago}}.', { ago })}
                </TimeAgoText>
              </Text>
            )}
            {children}
          </>
        )}
      </>
    );
  }
  if (request.value === undefined) {
    return <LoadingIndicator source={source} />;
  }
  const { warnings = [] } = request;
  return (
    <>
      {warnings.length > 0 && (
        <Alert severity="warning" title={t('query-state.partial', '{{source}} returned incomplete data', { source })}>
          {warnings.join(' ')}
        </Alert>
      )}
      {request.state === 'empty' ? empty : children}
    </>
  );
}
