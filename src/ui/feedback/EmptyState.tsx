import React, { type ReactNode } from 'react';
import { EmptyState as GrafanaEmptyState } from '@grafana/ui';

interface Props {
  title: string;
  children?: ReactNode;
  button?: ReactNode;
  variant?: 'not-found' | 'call-to-action' | 'completed';
}

/** Shows that there is no data, and the next step. */
export function EmptyState({ title, children, button, variant = 'not-found' }: Props) {
  return (
    <GrafanaEmptyState variant={variant} message={title} button={button} role="status">
      {children}
    </GrafanaEmptyState>
  );
}
