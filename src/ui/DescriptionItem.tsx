import React, { type ReactNode } from 'react';
import { Text } from '@grafana/ui';

/** Term and description of a description list (`dl`). */
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
