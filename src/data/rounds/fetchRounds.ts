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
import type { JournalRange } from '../journal/fetchJournal';
import { fetchObjectHistory, findLife, hasExactSource } from '../history/objectHistory';
import { isFromStart } from '../../sedna/journal';
import type { ObjectRef } from '../../sedna/objectRef';

export interface RoundsResult {
  /** Oldest first. */
  rounds: readonly RoundStats[];
  /** Whether they come from the live object or the journal, so that none is missing. */
  isExact: boolean;
  /** Whether the job has earlier rounds in the time range, which weren't fetched. */
  isTruncated: boolean;
  /** Time range of the rounds, and time between two samples, in ms. */
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
    isTruncated: false,
    from: data.timeRange.from.valueOf(),
    to: data.timeRange.to.valueOf(),
    step: data.request?.intervalMs ?? 0,
    lastSeen: times.length === 0 ? undefined : times.reduce((a, b) => Math.max(a, b)),
  };
}

/**
 * Fetches the rounds of a job once: exact ones, of which only the newest may be fetched, or else those of scraped metrics. If
 * only the query for round numbers fails, the rounds have none.
 * @param range in ms
 * @param signal cancels the queries; the promise then never settles
 * @throws DataQueryError
 */
export async function fetchRounds(ref: ObjectRef, range: JournalRange, signal: AbortSignal): Promise<RoundsResult> {
  const exact = await fetchExactRounds(ref, range, signal);
  return exact ?? fetchSampledRounds(ref, range, signal);
}

/** Returns undefined if neither the live object nor the journal has rounds. */
async function fetchExactRounds(
  ref: ObjectRef,
  range: JournalRange,
  signal: AbortSignal
): Promise<RoundsResult | undefined> {
  if (!hasExactSource()) {
    return undefined;
  }
  const { from } = range;
  const history = await fetchObjectHistory(ref, range, { pages: 1 }, signal);
  const life = findLife(history, '');
  if (!life || life.conditions.length === 0) {
    return undefined;
  }
  const known = { from: Math.max(from, life.first * 1000), to: range.to };
  // Only the exporter has counted the rounds before the first condition.
  const counted = isFromStart(life.conditions)
    ? []
    : toSeries(await runOnce({ rounds: roundsCounter(ref) }, known, signal), 'rounds');
  const isWhole = life.ref.uid === history.liveUid || history.journal?.isComplete === true;
  return {
    rounds: toExactRounds(life, counted, range),
    isExact: true,
    isTruncated: !isWhole,
    from: isWhole ? from : known.from,
    to: range.to,
    step: 0,
    lastSeen: life.deleted === undefined ? undefined : life.deleted * 1000,
  };
}

async function fetchSampledRounds(ref: ObjectRef, range: JournalRange, signal: AbortSignal): Promise<RoundsResult> {
  return toRoundsResult(await runOnce({ condition: objectCondition(ref), rounds: roundNumber(ref) }, range, signal));
}

/** Runs range queries. All but `condition` may fail. */
function runOnce(expressions: Expressions, { from, to }: JournalRange, signal: AbortSignal): Promise<PanelData> {
  const runner = createRangeRunner(expressions);
  runner.setState({
    $timeRange: new SceneTimeRange({ from: new Date(from).toISOString(), to: new Date(to).toISOString() }),
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
