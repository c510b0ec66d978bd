import React, { useEffect, useMemo } from 'react';
import { css } from '@emotion/css';
import type { PanelData, TimeRange } from '@grafana/data';
import type { VizPanel } from '@grafana/scenes';
import { LoadingPlaceholder, Stack, useStyles2 } from '@grafana/ui';
import { toExactRounds } from '../../../data/history/exactRounds';
import { findLife } from '../../../data/history/objectHistory';
import { getQueryError, type RequestState } from '../../../data/requests/requestState';
import { useQueryRequest } from '../../../data/requests/useQueryRequest';
import { toRoundStats } from '../../../data/rounds/roundHistory';
import { toSeries } from '../../../data/series';
import { t } from '../../../platform/i18n';
import { findKind } from '../../../sedna/kinds';
import { ConditionTable } from '../object/conditions/ConditionTable';
import { toHistoryRows } from './journal/historyRows';
import { toExactPanel } from './journal/exactPanel';
import { HistorySource } from './journal/HistorySource';
import { LifeSelect } from './journal/LifeSelect';
import { useObjectHistory } from './journal/useObjectHistory';
import { Rounds } from './rounds/Rounds';
import type { RoundSelection } from './rounds/roundSelection';
import type { ObjectRef } from '../../../sedna/objectRef';

export interface HistorySelection extends RoundSelection {
  /** Uid of the selected object of the name; empty for the newest. */
  uid: string;
}

interface StatusHistoryProps {
  objectRef: ObjectRef;
  selection: HistorySelection;
  onSelect: (change: Partial<HistorySelection>) => void;
  /** Scraped metrics. */
  data: PanelData | undefined;
  /** Requests scraped metrics; `withConditions` unless exact conditions are known. */
  onLoadSamples: (withConditions: boolean) => void;
  timeRange: TimeRange;
  /** Shows scraped states. */
  panel: VizPanel;
  /** Shows exact states instead of `panel`. */
  exactPanel: VizPanel | undefined;
  onChangeExactPanel: (panel: VizPanel | undefined) => void;
}

/**
 * Shows the states of an object over time, the rounds of a job with stages, and the conditions: from the live object and the
 * journal, or else from scraped metrics.
 */
export function StatusHistory({
  objectRef,
  selection,
  onSelect,
  data,
  onLoadSamples,
  timeRange,
  panel,
  exactPanel,
  onChangeExactPanel,
}: StatusHistoryProps) {
  const { uid } = selection;
  const styles = useStyles2(getStyles);
  const [from, to] = [timeRange.from.valueOf(), timeRange.to.valueOf()];
  const { isConfigured, request, loadOlder } = useObjectHistory(
    hasConditions(objectRef) ? objectRef : undefined,
    from,
    to
  );
  const history = request.value;
  const isLoading = isConfigured && request.state === 'loading';
  const life = findLife(history, uid);
  const isExact = life !== undefined && life.conditions.length > 0;
  const isLive = life !== undefined && life.ref.uid === history?.liveUid;
  const isWhole = isExact && (isLive || history?.journal?.isComplete === true);

  useEffect(() => {
    if (!isLoading) {
      onLoadSamples(!isWhole);
    }
  }, [onLoadSamples, isLoading, isWhole]);

  useEffect(
    () => onChangeExactPanel(isWhole ? toExactPanel(exactPanel, life, timeRange) : undefined),
    [onChangeExactPanel, exactPanel, life, isWhole, timeRange]
  );
  const series = useQueryRequest(data, { essential: isExact ? undefined : 'condition' });
  const range = history?.range;
  const rounds = useMemo(
    () =>
      isExact && life && range ? toExactRounds(life, toSeries(data, 'rounds'), range) : toRoundStats(series.value),
    [isExact, life, range, data, series.value]
  );
  const conditions = useMemo(
    () => (isExact && life && range ? toHistoryRows(life, range) : []),
    [isExact, life, range]
  );
  const roundsRequest: RequestState<unknown> = isExact ? { state: 'done', value: rounds } : series;
  const canLoadOlder = isExact && !isWhole;

  if (isLoading && !history) {
    return <LoadingPlaceholder text={t('history.loading', 'Loading history...')} />;
  }
  return (
    <Stack direction="column" gap={2} width="100%">
      <LifeSelect history={history} life={life} uid={uid} onSelect={(selected) => onSelect({ uid: selected })} />
      {hasConditions(objectRef) && <HistorySource kind={objectRef.kind} history={history} life={life} />}
      <div className={styles.panel}>
        {isWhole && exactPanel ? <exactPanel.Component model={exactPanel} /> : <panel.Component model={panel} />}
      </div>
      {findKind(objectRef.kind)?.staged && (
        <Rounds
          objectRef={objectRef}
          rounds={rounds}
          request={roundsRequest}
          error={isExact ? getQueryError(data) : series.value?.optionalErrors.rounds}
          now={timeRange.to.valueOf() / 1000}
          selection={selection}
          onSelectRounds={onSelect}
          onLoadOlder={canLoadOlder ? loadOlder : undefined}
        />
      )}
      <ConditionTable kind={objectRef.kind} rows={conditions} />
    </Stack>
  );
}

const hasConditions = ({ kind }: ObjectRef) => (findKind(kind)?.conditionTypes.length ?? 0) > 0;

const getStyles = () => ({ panel: css({ height: 190, display: 'flex', position: 'relative' }) });
