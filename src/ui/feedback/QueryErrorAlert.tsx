import React from 'react';
import { Alert, Text } from '@grafana/ui';
import { describeQueryError, type QueryErrorLike } from '../../data/errors/describeQueryError';
import { TEST_IDS } from '../testIds';

/** What went wrong, what to do, and what the data source itself said. */
export function QueryErrorAlert({ error, source }: { error: QueryErrorLike; source: string }) {
  const { title, action, detail } = describeQueryError(error, source);
  return (
    <Alert severity="error" title={title} data-testid={TEST_IDS.queryError}>
      <div>{action}</div>
      {detail !== '' && (
        // Addresses have no place to break at.
        <div style={{ overflowWrap: 'anywhere' }}>
          <Text variant="bodySmall" color="secondary" element="p">
            {detail}
          </Text>
        </div>
      )}
    </Alert>
  );
}
