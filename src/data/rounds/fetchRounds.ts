/** The rounds of a job, for those who want them once and not with each refresh of a page. */
import { LoadingState, type PanelData } from '@grafana/data';
import { SceneTimeRange } from '@grafana/scenes';
import { allowPartialData } from '../requests/allowPartialData';
import { getQueryError } from '../requests/requestState';
import { roundNumber } from '../../query/jobRounds';
import { objectCondition, type ObjectRef } from '../../query/resources';
import type { RoundStats } from '../../sedna/learning/roundStats';
import { createRangeRunner } from '../requests/queryRunners';
import { toRoundStats, toConditionSamples } from './roundHistory';
import { toSeries } from '../series';

export interface RoundsResult {
  /** Oldest first. */
  rounds: readonly RoundStats[];
  /** What was looked at, and the time between two samples; ms, as all of these. */
  from: number;
  to: number;
  step: number;
  /** When the job was last seen; absent where it was not. */
  lastSeen?: number;
}

/** Samples of a series at most: enough for a minute in three days, and well within what Prometheus gives at once. */
const POINTS = 4000;

function read(data: PanelData): RoundsResult {
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
 * Asks for the rounds of a job from a time (ms) until now. Where only their numbers cannot be had they come without.
 * @param signal ends the query when it aborts; the promise is then never settled
 * @throws DataQueryError
 */
export function fetchRounds(ref: ObjectRef, from: number, signal: AbortSignal): Promise<RoundsResult> {
  const runner = createRangeRunner({ condition: objectCondition(ref), rounds: roundNumber(ref) });
  runner.setState({
    $timeRange: new SceneTimeRange({ from: new Date(from).toISOString(), to: new Date().toISOString() }),
    maxDataPoints: POINTS,
  });
  return new Promise((resolve, reject) => {
    const subscription = runner.subscribeToState(({ data }) => {
      const answer = allowPartialData(data, 'condition');
      if (answer?.state === LoadingState.Done || answer?.state === LoadingState.Error) {
        stop();
        const error = getQueryError(answer);
        if (error) {
          reject(error);
        } else {
          resolve(read(answer));
        }
      }
    });
    const leave = runner.activate();
    const stop = () => {
      subscription.unsubscribe();
      leave();
    };
    signal.addEventListener('abort', stop, { once: true });
  });
}
