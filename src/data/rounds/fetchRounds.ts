import { LoadingState, type PanelData } from '@grafana/data';
import { SceneTimeRange } from '@grafana/scenes';
import { allowPartialData } from '../requests/allowPartialData';
import { getQueryError } from '../requests/requestState';
import { roundNumber, roundsCounter } from '../../query/jobRounds';
import { objectCondition } from '../../query/resources';
import type { RoundStats } from '../../sedna/learning/roundStats';
import { createRangeRunner, type Expressions } from '../requests/queryRunners';
import { toRoundStats, toConditionSamples } from './roundHistory';
import { toSeries } from '../series';
import { toExactRounds } from '../history/exactRounds';
import { fetchObjectHistory, findLife, hasExactSource } from '../history/objectHistory';
import { isFromStart } from '../../sedna/journal';
import type { ObjectRef } from '../../sedna/objectRef';

export interface RoundsResult {
  /** Oldest first. */
  rounds: readonly RoundStats[];
  /** Whether they come from the live object or the journal, so that none is missing. */
  isExact: boolean;
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
    isExact: false,
    from: data.timeRange.from.valueOf(),
    to: data.timeRange.to.valueOf(),
    step: data.request?.intervalMs ?? 0,
    lastSeen: times.length === 0 ? undefined : times.reduce((a, b) => Math.max(a, b)),
  };
}

/**
 * Fetches the rounds of a job once: exact ones, or else those of scraped metrics. If only the query for round numbers fails,
 * the rounds have none.
 * @param from start of the time range in ms; it ends now
 * @param signal cancels the queries; the promise then never settles
 * @throws DataQueryError
 */
export async function fetchRounds(ref: ObjectRef, from: number, signal: AbortSignal): Promise<RoundsResult> {
  const exact = await fetchExactRounds(ref, from, signal);
  return exact ?? fetchSampledRounds(ref, from, signal);
}

/** Returns undefined if neither the live object nor the journal has rounds. */
async function fetchExactRounds(ref: ObjectRef, from: number, signal: AbortSignal): Promise<RoundsResult | undefined> {
  if (!hasExactSource()) {
    return undefined;
  }
  const range = { from, to: Date.now() };
  const history = await fetchObjectHistory(ref, range, { pages: 1 }, signal);
  const life = findLife(history, '');
  if (!life || life.conditions.length === 0) {
    return undefined;
  }
  // Only the exporter has counted the rounds before the first condition.
  const counted = isFromStart(life.conditions)
    ? []
    : toSeries(await runOnce({ rounds: roundsCounter(ref) }, from, signal), 'rounds');
  const isWhole = life.ref.uid === history.liveUid || history.journal?.isComplete === true;
  return {
    rounds: toExactRounds(life, counted, range),
    isExact: true,
    from: isWhole ? from : Math.max(from, life.first * 1000),
    to: range.to,
    step: 0,
    lastSeen: life.deleted === undefined ? undefined : life.deleted * 1000,
  };
}

async function fetchSampledRounds(ref: ObjectRef, from: number, signal: AbortSignal): Promise<RoundsResult> {
  return toRoundsResult(await runOnce({ condition: objectCondition(ref), rounds: roundNumber(ref) }, from, signal));
}

/** Runs range queries up to now. All but `condition` may fail. */
function runOnce(expressions: Expressions, from: number, signal: AbortSignal): Promise<PanelData> {
  const runner = createRangeRunner(expressions);
  runner.setState({
    $timeRange: new SceneTimeRange({ from: new Date(from).toISOString(), to: new Date().toISOString() }),
    maxDataPoints: MAX_POINTS,
  });
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      return;
    }
    const subscription = runner.subscribeToState(({ data }) => {
      const response = allowPartialData(data, 'condition');
      if (response?.state === LoadingState.Done || response?.state === LoadingState.Error) {
        stop();
        const error = getQueryError(response);
        if (error) {
          reject(error);
        } else {
          resolve(response);
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
