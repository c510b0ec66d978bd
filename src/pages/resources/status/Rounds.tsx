import React from 'react';
import { Trans } from '@grafana/i18n';
import { Alert, Text } from '@grafana/ui';
import { describeQueryError } from '../../../data/errors/describeQueryError';
import { QueryState } from '../../../ui/feedback/QueryState';
import type { PartialPanelData } from '../../../data/requests/allowPartialData';
import type { ObjectRef } from '../../../sedna/objectRef';
import type { RequestState } from '../../../data/requests/requestState';
import { getDataSourceName } from '../../../panels/page/createPageScene';
import { toRoundStats } from '../../../data/rounds/roundHistory';
import { RoundChanges } from './RoundChanges';
import { findNearestRound, type RoundSelection } from './roundSelection';
import { RoundTable } from './RoundTable';
import { TEST_IDS } from '../../../ui/testIds';
import { t } from '../../../platform/i18n';

interface Props {
  objectRef: ObjectRef;
  request: RequestState<PartialPanelData>;
  selection: RoundSelection;
  onSelectRounds: (change: Partial<RoundSelection>) => void;
}

/** Shows the rounds of a job in a table, and the changes between two of them. */
export function Rounds({ objectRef, request, selection, onSelectRounds }: Props) {
  const shown = request.value;
  const rounds = toRoundStats(shown);
  const error = shown?.optionalErrors.rounds;
  const to = findNearestRound(rounds, selection.round, rounds.length - 1);
  const from = Math.max(0, findNearestRound(rounds, selection.against, to - 1));
  return (
    <section data-testid={TEST_IDS.resource.rounds}>
      <Text element="h2" variant="h4">
        <Trans i18nKey="rounds.title">Rounds</Trans>
      </Text>
      <Text element="p" color="secondary" variant="bodySmall">
        <Trans i18nKey="rounds.missed">
          From scraped metrics: short stages may be missing. The Object tab has the exact history.
        </Trans>
      </Text>
      {error && (
        <Alert
          severity="warning"
          title={t('rounds.partial', "Samples, models, tasks, and metrics of rounds couldn't be loaded")}
        >
          {describeQueryError(error, getDataSourceName('prometheus')).title}
        </Alert>
      )}
      <QueryState
        request={request}
        source={getDataSourceName('prometheus')}
        isEmpty={rounds.length === 0}
        empty={
          <Text color="secondary" element="p">
            <Trans i18nKey="rounds.none">No rounds in this time range. Select a longer one.</Trans>
          </Text>
        }
      >
        <RoundTable objectRef={objectRef} rounds={rounds} now={(shown?.timeRange.to.valueOf() ?? 0) / 1000} />
        {rounds.length > 1 && <RoundChanges rounds={rounds} from={from} to={to} onSelectRounds={onSelectRounds} />}
      </QueryState>
    </section>
  );
}
