import React, { type ReactNode } from 'react';
import { EmptyState as GrafanaEmptyState } from '@grafana/ui';

interface Props {
  title: string;
  children?: ReactNode;
  button?: ReactNode;
  variant?: 'not-found' | 'call-to-action' | 'completed';
}

/** An answer that is empty: says what is not there, and what to do about it. */
export function EmptyState({ title, children, button, variant = 'not-found' }: Props) {
  return (
    <GrafanaEmptyState variant={variant} message={title} button={button} role="status">
      {children}
    </GrafanaEmptyState>
  );
}
