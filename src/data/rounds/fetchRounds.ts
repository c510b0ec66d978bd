import { LoadingState, type PanelData } from '@grafana/data';
import { SceneTimeRange } from '@grafana/scenes';
import { allowPartialData } from '../requests/allowPartialData';
import { getQueryError } from '../requests/requestState';
import { roundNumber } from '../../query/jobRounds';
import { objectCondition } from '../../query/resources';
import type { RoundStats } from '../../sedna/learning/roundStats';
import { createRangeRunner } from '../requests/queryRunners';
import { toRoundStats, toConditionSamples } from './roundHistory';
import { toSeries } from '../series';
import type { ObjectRef } from '../../sedna/objectRef';

export interface RoundsResult {
  /** Oldest first. */
  rounds: readonly RoundStats[];
  /** Time range and time between two samples, in ms. */
  from: number;
  to: number;
  step: number;
  /** Time of the last sample of the job in ms; absent without samples. */
  lastSeen?: number;
}

/** One sample per minute for almost three days, and below the limit of Prometheus (11,000). */
const MAX_POINTS = 4000;

function toRoundsResult(data: PanelData): RoundsResult {
  const times = toConditionSamples(toSeries(data, 'condition')).map(({ time }) => time * 1000);
  return {
    rounds: toRoundStats(data),
    from: data.timeRange.from.valueOf(),
    to: data.timeRange.to.valueOf(),
    step: data.request?.intervalMs ?? 0,
    lastSeen: times.length === 0 ? undefined : times.reduce((a, b) => Math.max(a, b)),
  };
}

/**
 * Fetches the rounds of a job once. If only the query for round numbers fails, the rounds have none.
 * @param from start of the time range in ms; it ends now
 * @param signal cancels the query; the promise then never settles
 * @throws DataQueryError
 */
export function fetchRounds(ref: ObjectRef, from: number, signal: AbortSignal): Promise<RoundsResult> {
  const runner = createRangeRunner({ condition: objectCondition(ref), rounds: roundNumber(ref) });
  runner.setState({
    $timeRange: new SceneTimeRange({ from: new Date(from).toISOString(), to: new Date().toISOString() }),
    maxDataPoints: MAX_POINTS,
  });
  return new Promise((resolve, reject) => {
    const subscription = runner.subscribeToState(({ data }) => {
      const response = allowPartialData(data, 'condition');
      if (response?.state === LoadingState.Done || response?.state === LoadingState.Error) {
        stop();
        const error = getQueryError(response);
        if (error) {
          reject(error);
        } else {
          resolve(toRoundsResult(response));
        }
      }
    });
    const deactivate = runner.activate();
    const stop = () => {
      subscription.unsubscribe();
      deactivate();
    };
    signal.addEventListener('abort', stop, { once: true });
  });
}
