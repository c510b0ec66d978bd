import React, { type ReactNode } from 'react';
import { Alert, Text } from '@grafana/ui';
import type { ApiErrorDetails } from '../../kubernetes';
import { describeKubernetesError } from '../../data/errors/describeKubernetesError';

interface Props {
  problem: ApiErrorDetails;
  /** More details or actions. */
  children?: ReactNode;
}

/** Shows why a call of the Kubernetes API failed, advice, and the server's response. */
export function KubernetesErrorAlert({ problem, children }: Props) {
  const { title, action } = describeKubernetesError(problem);
  return (
    <Alert severity={problem.kind === 'not-found' ? 'info' : 'error'} title={title} topSpacing={1}>
      <p>{action}</p>
      {problem.fields.length > 0 && (
        <ul>
          {problem.fields.map(({ field, message }) => (
            <li key={`${field} ${message}`}>
              <Text variant="code">{field}</Text> {message}
            </li>
          ))}
        </ul>
      )}
      {problem.fields.length === 0 && problem.detail !== '' && (
        <Text element="p" variant="bodySmall">
          {problem.detail}
        </Text>
      )}
      {children}
    </Alert>
  );
}
