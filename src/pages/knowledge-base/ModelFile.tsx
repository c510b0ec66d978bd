import React from 'react';
import { Tooltip } from '@grafana/ui';
import { maskText } from '../../sedna/masking/maskText';
import { parseModelFileName } from './modelFileName';

/** Shows the name of a model file, and its URL on hover; both with secrets masked. */
export function ModelFile({ url }: { url: string }) {
  return (
    <Tooltip content={maskText(url)}>
      <span>{maskText(parseModelFileName(url))}</span>
    </Tooltip>
  );
}
