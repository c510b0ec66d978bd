import React from 'react';
import { Text } from '@grafana/ui';
import type { LinkRange } from '../../../platform/links/links';
import { formatNotRecorded } from '../../../ui/format/formatRound';
import { JobLink, Scores } from '../evaluationCells';
import type { Evaluation } from '../evaluations';
import { t } from '../../../platform/i18n';

interface Props {
  /** Newest first. */
  evaluations: readonly Evaluation[];
  timeRange: LinkRange;
}

/** Shows the newest evaluation of a task, and on request those of the other jobs that share the task. */
export function EvaluationsCell({ evaluations, timeRange }: Props) {
  if (evaluations.length === 0) {
    return <>{formatNotRecorded()}</>;
  }
  const [newest, ...others] = evaluations.map((each) => (
    <div key={`${each.kind}/${each.namespace}/${each.name}`}>
      <JobLink evaluation={each} timeRange={timeRange} />{' '}
      <Text variant="bodySmall" color="secondary">
        <Scores evaluation={each} />
      </Text>
    </div>
  ));
  return (
    <>
      {newest}
      {others.length > 0 && (
        <details>
          <summary>
            <Text variant="bodySmall" color="secondary">
              {t('knowledge-base.tasks.other-jobs', '{{count}} other jobs', {
                count: others.length,
                defaultValue_one: '{{count}} other job',
              })}
            </Text>
          </summary>
          {others}
        </details>
      )}
    </>
  );
}
