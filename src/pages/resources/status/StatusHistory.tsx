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
import { ChangeTable } from '../../../panels/history/ChangeTable';
import { toChangeRows } from '../../../panels/history/changes';
import { toExactSamplesPanel, toSampleSteps } from '../../../panels/history/exactSamples';
import { t } from '../../../platform/i18n';
import { findKind } from '../../../sedna/kinds';
import { ConditionTable } from '../object/conditions/ConditionTable';
import { formatSamplesTitle, hasSamples } from './history';
import { toHistoryRows } from './journal/historyRows';
import { toExactPanel } from './journal/exactPanel';
import { HistorySource } from './journal/HistorySource';
import { LifeSelect } from './journal/LifeSelect';
import { useObjectHistory } from '../../../data/history/useObjectHistory';
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
  /** Requests scraped metrics; `withStates` unless exact conditions or samples are known. */
  onLoadSamples: (withStates: boolean) => void;
  timeRange: TimeRange;
  /** Shows scraped states. */
  panel: VizPanel;
  /** Shows exact states instead of `panel`. */
  exactPanel: VizPanel | undefined;
  onChangeExactPanel: (panel: VizPanel | undefined) => void;
}

/**
 * Shows the states of an object or the samples of a dataset over time, the rounds of a job with stages, the conditions, and
 * other changes: from the live object and the journal, or else from scraped metrics.
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
  const { isConfigured, request, loadOlder } = useObjectHistory(objectRef, from, to);
  const history = request.value;
  const isLoading = isConfigured && request.state === 'loading';
  const life = findLife(history, uid);
  const isExact = life !== undefined && life.conditions.length > 0;
  const isLive = life !== undefined && life.ref.uid === history?.liveUid;
  const { journal, range } = history ?? {};
  const own = useMemo(() => journal?.entries.filter((entry) => entry.uid === life?.ref.uid) ?? [], [journal, life]);
  const samples = useMemo(
    () => (objectRef.kind === 'Dataset' && journal?.isComplete && range ? toSampleSteps(own, range) : []),
    [objectRef, journal, own, range]
  );
  const isWhole = samples.length > 0 || (isExact && (isLive || journal?.isComplete === true));

  useEffect(() => {
    if (!isLoading) {
      onLoadSamples(!isWhole);
    }
  }, [onLoadSamples, isLoading, isWhole]);

  useEffect(() => {
    if (samples.length > 0) {
      onChangeExactPanel(toExactSamplesPanel(exactPanel, formatSamplesTitle(), samples, timeRange));
    } else {
      onChangeExactPanel(isWhole && life ? toExactPanel(exactPanel, life, timeRange) : undefined);
    }
  }, [onChangeExactPanel, exactPanel, samples, life, isWhole, timeRange]);
  const series = useQueryRequest(data, { essential: isExact ? undefined : 'condition' });
  const rounds = useMemo(
    () =>
      isExact && life && range ? toExactRounds(life, toSeries(data, 'rounds'), range) : toRoundStats(series.value),
    [isExact, life, range, data, series.value]
  );
  const changes = useMemo(() => (range ? toChangeRows(own, range) : []), [own, range]);
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
      <HistorySource kind={objectRef.kind} history={history} life={life} />
      {hasSamples(objectRef) && (
        <div className={styles.panel}>
          {isWhole && exactPanel ? <exactPanel.Component model={exactPanel} /> : <panel.Component model={panel} />}
        </div>
      )}
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
      <ChangeTable rows={changes} onLoadOlder={journal?.isComplete === false ? loadOlder : undefined} />
    </Stack>
  );
}

const getStyles = () => ({ panel: css({ height: 190, display: 'flex', position: 'relative' }) });
