import React from 'react';
import { buildResourceUrl, type LinkRange } from '../../platform/links/links';
import { AppLink } from '../../ui/links/AppLink';
import { formatNotRecorded } from '../../ui/format/formatRound';
import type { Evaluation } from './evaluations';
import { formatScore } from './format';

/** Links to the job that evaluated a task. */
export function JobLink({ evaluation, timeRange }: { evaluation: Evaluation; timeRange: LinkRange }) {
  const { kind, namespace, name } = evaluation;
  return (
    <AppLink href={buildResourceUrl(kind, namespace, name, undefined, { span: timeRange })}>
      {namespace}/{name}
    </AppLink>
  );
}

/** Lists scores by metric, such as `precision_score 0.882`. */
export const Scores = ({ evaluation: { scores } }: { evaluation: Evaluation }) => (
  <>
    {scores.length === 0
      ? formatNotRecorded()
      : scores.map(({ metric, value }) => `${metric} ${formatScore(value)}`).join(', ')}
  </>
);
