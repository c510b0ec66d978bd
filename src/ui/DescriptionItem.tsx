import React, { type ReactNode } from 'react';
import { Text } from '@grafana/ui';

/** One fact of a list (`dl`): its name, and what it is. */
export function DescriptionItem({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>
        <Text variant="bodySmall" color="secondary">
          {name}
        </Text>
      </dt>
      <dd>{children}</dd>
    </div>
  );
}
