import React, { useEffect, useMemo } from 'react';
import { css } from '@emotion/css';
import { sceneGraph } from '@grafana/scenes';
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
import { showExactStates } from './journal/exactPanel';
import { HistorySource } from './journal/HistorySource';
import { LifeSelect } from './journal/LifeSelect';
import { useObjectHistory } from './journal/useObjectHistory';
import { Rounds } from './rounds/Rounds';
import type { ObjectRef } from '../../../sedna/objectRef';
import type { StatusHistoryScene } from './StatusHistoryScene';

/**
 * Shows the states of an object over time, the rounds of a job with stages, and the conditions: from the live object and the
 * journal, or else from scraped metrics.
 */
export function StatusHistory({ model }: { model: StatusHistoryScene }) {
  const { ref, round, against, uid, panel, exactPanel } = model.useState();
  const styles = useStyles2(getStyles);
  const { data } = sceneGraph.getData(model).useState();
  const timeRange = sceneGraph.getTimeRange(model).useState().value;
  const [from, to] = [timeRange.from.valueOf(), timeRange.to.valueOf()];
  const { isConfigured, request, loadOlder } = useObjectHistory(hasConditions(ref) ? ref : undefined, from, to);
  const history = request.value;
  const isLoading = isConfigured && request.state === 'loading';
  const life = findLife(history, uid);
  const isExact = life !== undefined && life.conditions.length > 0;
  const isLive = life !== undefined && life.ref.uid === history?.liveUid;
  const isWhole = isExact && (isLive || history?.journal?.isComplete === true);

  useEffect(() => {
    if (!isLoading) {
      model.loadSamples(!isWhole);
    }
  }, [model, isLoading, isWhole]);

  useEffect(() => showExactStates(model, isWhole ? life : undefined), [model, life, isWhole]);
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
      <LifeSelect history={history} life={life} uid={uid} onSelect={(selected) => model.setState({ uid: selected })} />
      {hasConditions(ref) && <HistorySource kind={ref.kind} history={history} life={life} />}
      <div className={styles.panel}>
        {isWhole && exactPanel ? <exactPanel.Component model={exactPanel} /> : <panel.Component model={panel} />}
      </div>
      {findKind(ref.kind)?.staged && (
        <Rounds
          objectRef={ref}
          rounds={rounds}
          request={roundsRequest}
          error={isExact ? getQueryError(data) : series.value?.optionalErrors.rounds}
          now={timeRange.to.valueOf() / 1000}
          selection={{ round, against }}
          onSelectRounds={(change) => model.setState(change)}
          onLoadOlder={canLoadOlder ? loadOlder : undefined}
        />
      )}
      <ConditionTable kind={ref.kind} rows={conditions} />
    </Stack>
  );
}

const hasConditions = ({ kind }: ObjectRef) => (findKind(kind)?.conditionTypes.length ?? 0) > 0;

const getStyles = () => ({ panel: css({ height: 190, display: 'flex', position: 'relative' }) });
