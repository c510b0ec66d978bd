import React from 'react';
import { Trans, t } from '@grafana/i18n';
import { Alert, Text } from '@grafana/ui';
import { describeQueryError } from '../../../data/errors/describeQueryError';
import { QueryState } from '../../../ui/feedback/QueryState';
import type { PartialPanelData } from '../../../data/requests/allowPartialData';
import type { ObjectRef } from '../../../query/resources';
import { getDataSourceName } from '../../../panels/page/createPageScene';
import type { RoundStats } from '../../../sedna/learning/roundStats';
import { toRoundStats } from '../../../data/rounds/roundHistory';
import { RoundChanges } from './RoundChanges';
import { RoundTable } from './RoundTable';

export interface ChosenRounds {
  /** Start of a round, Unix time in seconds; empty: the newest. */
  round: string;
  /** Of the one that it is compared with; empty: the one before. */
  against: string;
}

interface Props {
  objectRef: ObjectRef;
  data: PartialPanelData | undefined;
  shown: PartialPanelData | undefined;
  chosen: ChosenRounds;
  onChoose: (chosen: Partial<ChosenRounds>) => void;
}

/** The round that starts nearest to a time that the URL names: with another step of the query it moves a little. */
function nearest(figures: readonly RoundStats[], start: string, otherwise: number): number {
  const time = Number(start);
  if (start === '' || !Number.isFinite(time)) {
    return otherwise;
  }
  const distances = figures.map(({ round }) => Math.abs((round.start ?? 0) - time));
  return distances.indexOf(Math.min(...distances));
}

/** Rounds of a job side by side, newest first, and what changed between two of them. */
export function Rounds({ objectRef, data, shown, chosen, onChoose }: Props) {
  const figures = toRoundStats(shown);
  const failure = shown?.optionalErrors.rounds;
  const newest = nearest(figures, chosen.round, figures.length - 1);
  const before = nearest(figures, chosen.against, newest - 1);
  return (
    <section data-testid="rounds">
      <Text element="h2" variant="h4">
        <Trans i18nKey="rounds.title">Rounds</Trans>
      </Text>
      <Text element="p" color="secondary" variant="bodySmall">
        <Trans i18nKey="rounds.missed">
          From samples: what was over between two scrapes may be missing here. The exact history is the live object, on
          the tab Object.
        </Trans>
      </Text>
      {failure && (
        <Alert
          severity="warning"
          title={t('rounds.partial', 'Samples, models, tasks and metrics of rounds are missing')}
        >
          {describeQueryError(failure, getDataSourceName('prometheus')).title}
        </Alert>
      )}
      <QueryState
        data={data}
        shown={shown}
        source={getDataSourceName('prometheus')}
        isEmpty={figures.length === 0}
        empty={
          <Text color="secondary" element="p">
            <Trans i18nKey="rounds.none">No condition was seen in this time range. Choose a longer one.</Trans>
          </Text>
        }
      >
        <RoundTable objectRef={objectRef} figures={figures} now={(shown?.timeRange.to.valueOf() ?? 0) / 1000} />
        {figures.length > 1 && <RoundChanges figures={figures} newest={newest} before={before} onChoose={onChoose} />}
      </QueryState>
    </section>
  );
}
