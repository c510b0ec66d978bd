import React from 'react';
import { Alert, Text } from '@grafana/ui';
import type { QueryErrorLike } from '../../data/errors/classifyQueryError';
import { describeQueryError } from '../../data/errors/describeQueryError';
import { TEST_IDS } from '../testIds';

/** Shows why a query failed, advice, and the message of the data source. */
export function QueryErrorAlert({ error, source }: { error: QueryErrorLike; source: string }) {
  const { title, action, detail } = describeQueryError(error, source);
  return (
    <Alert severity="error" title={title} data-testid={TEST_IDS.queryError}>
      <div>{action}</div>
      {detail !== '' && (
        // A URL has no break opportunity and would overflow the alert.
        <div style={{ overflowWrap: 'anywhere' }}>
          <Text variant="bodySmall" color="secondary" element="p">
            {detail}
          </Text>
        </div>
      )}
    </Alert>
  );
}
