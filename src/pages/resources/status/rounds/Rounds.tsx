import React from 'react';
import { Trans } from '@grafana/i18n';
import { Alert, Text } from '@grafana/ui';
import { describeQueryError } from '../../../../data/errors/describeQueryError';
import type { QueryErrorLike } from '../../../../data/errors/classifyQueryError';
import { QueryState } from '../../../../ui/feedback/QueryState';
import type { ObjectRef } from '../../../../sedna/objectRef';
import type { RoundStats } from '../../../../sedna/learning/roundStats';
import type { RequestState } from '../../../../data/requests/requestState';
import { getDataSourceName } from '../../../../panels/page/createPageScene';
import { RoundChanges } from './RoundChanges';
import { findNearestRound, findNewestEnded, type RoundSelection } from './roundSelection';
import { RoundTable } from './RoundTable';
import { TEST_IDS } from '../../../../ui/testIds';
import { t } from '../../../../platform/i18n';

interface Props {
  objectRef: ObjectRef;
  /** Oldest first. */
  rounds: readonly RoundStats[];
  request: RequestState<unknown>;
  /** Error of the query for samples, models, tasks, and metrics. */
  error: QueryErrorLike | undefined;
  /** Unix time in seconds, the end of a stage in progress. */
  now: number;
  selection: RoundSelection;
  onSelectRounds: (change: Partial<RoundSelection>) => void;
  /** Loads older rounds; absent if there are none. */
  onLoadOlder?: () => void;
}

/** Shows the rounds of a job in a table, and the changes between two of them. */
export function Rounds({ objectRef, rounds, request, error, now, selection, onSelectRounds, onLoadOlder }: Props) {
  const to = findNearestRound(rounds, selection.round, findNewestEnded(rounds));
  const from = Math.max(0, findNearestRound(rounds, selection.against, to - 1));
  const source = getDataSourceName('prometheus');
  return (
    <section data-testid={TEST_IDS.resource.rounds}>
      <Text element="h2" variant="h4">
        <Trans i18nKey="rounds.title">Rounds</Trans>
      </Text>
      {error && (
        <Alert
          severity="warning"
          title={t('rounds.partial', "Samples, models, tasks, and metrics of rounds couldn't be loaded")}
        >
          {describeQueryError(error, source).title}
        </Alert>
      )}
      <QueryState
        request={request}
        source={source}
        isEmpty={rounds.length === 0}
        empty={
          <Text color="secondary" element="p">
            <Trans i18nKey="rounds.none">No rounds in this time range. Select a longer one.</Trans>
          </Text>
        }
      >
        <RoundTable objectRef={objectRef} rounds={rounds} now={now} onLoadOlder={onLoadOlder} />
        {rounds.length > 1 && <RoundChanges rounds={rounds} from={from} to={to} onSelectRounds={onSelectRounds} />}
      </QueryState>
    </section>
  );
}
