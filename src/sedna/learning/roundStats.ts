/**
 * Statistics of each round of a job, from its conditions over time and from series about the newest round only: a sample
 * belongs to the round that was the newest one at its time.
 */
import {
  compareRounds,
  type ConditionHistory,
  type ConditionModel,
  type Round,
  type RoundChange,
  type RoundMetric,
  type StageRun,
} from '../conditions';
import type { ModelVersion } from '../kinds/shared/models';
import { STAGES, type Stage } from '../kinds';

export interface Series {
  labels: Readonly<Record<string, string>>;
  /** Unix time in seconds and value, oldest first. */
  points: ReadonlyArray<readonly [time: number, value: number]>;
}

export interface TaskStats {
  task: string;
  scores: Readonly<Record<string, number>>;
}

export interface RoundStats {
  /** Round with recorded values filled in. */
  round: Round;
  /** Durations of stages. An approximate one is the difference of two samples, because Sedna recorded none. */
  durations: Partial<Record<Stage, { seconds: number; isApproximate: boolean }>>;
  samples: Partial<Record<'train' | 'eval', { samples: number; isEstimate: boolean }>>;
  /** Models in use after the round. A new one was copied over the old one. */
  deployed: readonly ConditionModel[];
  /** Absent if no series has them. */
  tasks?: { passed: readonly TaskStats[]; dropped: readonly TaskStats[] };
  /** Whether the round began before the time range, so that its start is unknown. */
  isTruncated: boolean;
}

export type StatChange =
  | RoundChange
  | { what: 'samples'; stage: 'train' | 'eval'; from?: number; to?: number }
  | { what: 'dropped'; from: readonly string[]; to: readonly string[] };

/** Start (inclusive) and end (exclusive), Unix time in seconds. */
type Window = readonly [number, number];

const inWindow =
  ([from, to]: Window) =>
  ([time]: readonly [number, number]) =>
    time >= from && time < to;

/** Finds the last values within a window, of those series that have a sample at the newest time of all. */
function findLast(all: readonly Series[], window: Window): Array<{ labels: Series['labels']; value: number }> {
  const last = all.flatMap(({ labels, points }) => {
    const point = [...points].reverse().find(inWindow(window));
    return point ? [{ labels, time: point[0], value: point[1] }] : [];
  });
  const newest = Math.max(...last.map(({ time }) => time));
  return last.filter(({ time }) => time === newest);
}

const toVersion = (label: string | undefined): ModelVersion | undefined =>
  label === 'new' || label === 'old' ? label : undefined;

/** Counter of conditions; those of Train/Waiting begin rounds. */
export const ROUNDS_COUNTER = 'sedna_job_condition_transitions_total';

const ENDED = ['completed', 'completed-without-data', 'failed'];

class Reader {
  constructor(
    private readonly rounds: readonly Round[],
    private readonly series: readonly Series[]
  ) {}

  private named(name: string, labels: Record<string, string> = {}) {
    return this.series.filter(
      (each) =>
        each.labels.__name__ === name && Object.entries(labels).every(([label, value]) => each.labels[label] === value)
    );
  }

  /** Returns the time from the start of a stage until its start in the next round, or until the next round. */
  private window(place: number, stage: Stage): Window | undefined {
    const start = this.run(place, stage)?.start;
    const following = this.rounds[place + 1];
    const next = following?.stages.find((run) => run.stage === stage)?.start ?? following?.start;
    return start === undefined ? undefined : [start, next ?? Infinity];
  }

  private run(place: number, stage: Stage): StageRun | undefined {
    return this.rounds[place].stages.find((run) => run.stage === stage);
  }

  duration(place: number, stage: Stage, isTruncated: boolean): RoundStats['durations'][Stage] {
    const run = this.run(place, stage);
    const window = this.window(place, stage);
    if (!run || !window || !ENDED.includes(run.outcome)) {
      return undefined;
    }
    const [recorded] = findLast(this.named('sedna_job_stage_duration_seconds', { stage }), [
      run.end ?? window[0],
      window[1],
    ]);
    if (recorded) {
      return { seconds: recorded.value, isApproximate: false };
    }
    const isFirst = isTruncated && this.rounds[place].stages[0] === run;
    return run.duration === undefined || isFirst ? undefined : { seconds: run.duration, isApproximate: true };
  }

  /** Returns the number of a round. It changes with the output directory, when training becomes ready. */
  number(place: number, isTruncated: boolean): number | undefined {
    const { stages, start = 0 } = this.rounds[place];
    const train = stages.find(({ stage }) => stage === 'Train');
    const began =
      !train || isTruncated
        ? start
        : Math.min(
            ...Object.entries(train.conditionTimes).flatMap(([type, time]) => (type === 'Waiting' ? [] : [time])),
            ...stages.filter(({ stage }) => stage !== 'Train').map((run) => run.start ?? Infinity)
          );
    const end = this.rounds[place + 1]?.start ?? Infinity;
    return findLast(this.named('sedna_job_round'), [began, end])[0]?.value;
  }

  samples(place: number, stage: 'train' | 'eval'): RoundStats['samples']['train'] {
    const window = this.window(place, stage === 'train' ? 'Train' : 'Eval');
    const [found] = window ? findLast(this.named('sedna:stage_samples', { stage }), window) : [];
    return found && { samples: found.value, isEstimate: found.labels.origin === 'estimate' };
  }

  models(place: number, stage: Stage, role: string): ConditionModel[] {
    const window = this.window(place, stage);
    const isOver = this.run(place, stage)?.outcome === 'completed';
    if (!window || !isOver) {
      return [];
    }
    return this.modelsWithin(role, [this.run(place, stage)?.end ?? window[0], window[1]], window[0]);
  }

  /** @param since - series with samples before this time are about an earlier model */
  private modelsWithin(role: string, window: Window, since: number): ConditionModel[] {
    const all = this.named('sedna_job_model_info', { role });
    const toModels = (series: readonly Series[]) =>
      findLast(series, window)
        .filter(({ labels }) => labels.url)
        .map(({ labels }) => ({ url: labels.url, metrics: {}, version: toVersion(labels.model_version) }))
        .sort((a, b) => `${a.version ?? ''} ${a.url}`.localeCompare(`${b.version ?? ''} ${b.url}`));
    // A series that ended without a staleness marker continues for five minutes. One that began in the stage replaces it.
    const fresh = toModels(all.filter(({ points }) => !points.some(([time]) => time < since)));
    if (fresh.length === 0) {
      return toModels(all);
    }
    // The old model is the same in every round, so its series is never fresh.
    const isOld = ({ version }: ConditionModel) => version === 'old';
    return fresh.some(isOld) ? fresh : [...fresh, ...toModels(all).filter(isOld)];
  }

  /**
   * Returns the models in use after a round. Deploy takes seconds and is often between two samples, so the models in use at
   * the next evaluation are those of this round.
   */
  deployed(place: number): ConditionModel[] {
    if (!this.rounds[place + 1]) {
      return this.models(place, 'Deploy', 'deployed');
    }
    const since = this.run(place, 'Eval')?.start ?? this.rounds[place].start ?? 0;
    const until = this.run(place + 1, 'Eval')?.start ?? this.rounds[place + 2]?.start ?? Infinity;
    return this.modelsWithin('deployed', [since, until], since);
  }

  /** @param evaluated - models that the evaluation compared, or the only one */
  metrics(place: number, evaluated: readonly ConditionModel[]): RoundMetric[] {
    const run = this.run(place, 'Eval');
    const window = this.window(place, 'Eval');
    if (!window || run?.outcome !== 'completed') {
      return [];
    }
    const find = (name: string, model: ConditionModel | undefined) =>
      findLast(this.named(name), [run.end ?? window[0], window[1]]).map(({ labels, value }) => ({
        model: model?.url ?? '',
        version: model?.version,
        metric: labels.metric,
        value,
      }));
    const old = evaluated.find(({ version }) => version === 'old') ?? { url: '', metrics: {}, version: 'old' as const };
    return [
      ...find('sedna_job_eval_metric', evaluated.find(({ version }) => version === 'new') ?? evaluated[0]),
      ...find('sedna_job_compared_metric', old),
    ];
  }

  /** Returns evaluated tasks. Lines about tasks are minutes late, so those of earlier pods are excluded by pod. */
  tasks(place: number): RoundStats['tasks'] {
    const start = this.run(place, 'Eval')?.start;
    if (start === undefined) {
      return undefined;
    }
    // The next round has begun long before the lines of this evaluation arrive.
    const next = this.rounds
      .slice(place + 1)
      .flatMap(({ stages }) => stages.filter(({ stage }) => stage === 'Eval'))[0];
    const window: Window = [start, next?.start ?? Infinity];
    const all = this.named('sedna:task_deployable');
    const before = new Set(
      all.filter(({ points }) => points.some(([time]) => time < window[0])).map(({ labels }) => labels.pod)
    );
    const own = findLast(
      all.filter(({ labels }) => !before.has(labels.pod)),
      window
    );
    if (own.length === 0) {
      return undefined;
    }
    const toStats = ({ labels: { task, pod } }: (typeof own)[number]): TaskStats => ({
      task,
      scores: Object.fromEntries(
        findLast(this.named('sedna:task_score', { task, pod }), window).map(({ labels, value }) => [
          labels.metric,
          value,
        ])
      ),
    });
    const sorted = [...own].sort((a, b) => a.labels.task.localeCompare(b.labels.task));
    return {
      passed: sorted.filter(({ value }) => value === 1).map(toStats),
      dropped: sorted.filter(({ value }) => value === 0).map(toStats),
    };
  }
}

/**
 * Computes the statistics of all rounds, oldest first.
 * @param rangeStart - Unix time in seconds of the first samples
 * @param step - seconds between two samples
 */
export function computeRoundStats(
  { rounds }: ConditionHistory,
  series: readonly Series[],
  rangeStart: number,
  step: number
): RoundStats[] {
  const reader = new Reader(rounds, series);
  return rounds.map((round, place) => {
    const isTruncated = place === 0 && (round.start ?? rangeStart) - rangeStart <= step * 2;
    const durations = Object.fromEntries(
      STAGES.map((stage) => [stage, reader.duration(place, stage, isTruncated)] as const)
    ) as RoundStats['durations'];
    const evaluated = reader.models(place, 'Eval', 'evaluated');
    const modelsOf: Record<Stage, ConditionModel[]> = {
      Train: reader.models(place, 'Train', 'trained'),
      Eval: evaluated,
      Deploy: reader.models(place, 'Deploy', 'deployed'),
    };
    return {
      round: {
        ...round,
        number: reader.number(place, isTruncated),
        stages: round.stages.map((run) => ({
          ...run,
          duration: durations[run.stage]?.seconds,
          modelsOut: modelsOf[run.stage],
        })),
        metrics: reader.metrics(place, evaluated),
      },
      durations,
      samples: { train: reader.samples(place, 'train'), eval: reader.samples(place, 'eval') },
      deployed: reader.deployed(place),
      tasks: reader.tasks(place),
      isTruncated,
    };
  });
}

/**
 * Computes the statistics of rounds whose conditions are all known, oldest first. Only samples and tasks come from series,
 * because no condition has them.
 */
export function computeExactRoundStats({ rounds }: ConditionHistory, series: readonly Series[]): RoundStats[] {
  const reader = new Reader(rounds, series);
  let deployed: readonly ConditionModel[] = [];
  return rounds.map((round, place) => {
    const [first] = round.stages;
    const isTruncated = place === 0 && (first.stage !== 'Train' || first.conditionTimes.Waiting === undefined);
    const deploy = round.stages.find(({ stage }) => stage === 'Deploy');
    if (deploy?.outcome === 'completed' && deploy.input?.models.length) {
      deployed = deploy.input.models;
    }
    const known = round.stages.filter((run) => run.duration !== undefined && !(isTruncated && run === first));
    return {
      round,
      durations: Object.fromEntries(
        known.map(({ stage, duration = 0 }) => [stage, { seconds: duration, isApproximate: false }])
      ),
      samples: { train: reader.samples(place, 'train'), eval: reader.samples(place, 'eval') },
      deployed: round.outcome === 'open' ? [] : deployed.length > 0 ? deployed : reader.deployed(place),
      tasks: reader.tasks(place),
      isTruncated,
    };
  });
}

/**
 * Returns the number of rounds before those that start at the given times, from the counter of conditions that begin a
 * round. A sample may be older than a round that has just begun, so the most frequent difference counts.
 * @param starts - Unix time in seconds, ascending
 */
export function countRoundsBefore(series: readonly Series[], starts: readonly number[]): number | undefined {
  const counts = new Map<number, number>();
  for (const { labels, points } of series) {
    if (labels.__name__ === ROUNDS_COUNTER && labels.stage === 'Train' && labels.condition === 'Waiting') {
      for (const [time, value] of points.filter(([each]) => each >= (starts[0] ?? Infinity))) {
        const before = value - starts.filter((start) => start <= time).length;
        counts.set(before, (counts.get(before) ?? 0) + 1);
      }
    }
  }
  const [best] = [...counts].filter(([before]) => before >= 0).sort((a, b) => b[1] - a[1]);
  return best?.[0];
}

const names = (tasks: RoundStats['tasks']) => (tasks?.dropped ?? []).map(({ task }) => task);

/** Returns the differences between two rounds. */
export function compareStats(from: RoundStats, to: RoundStats): StatChange[] {
  const samples = (['train', 'eval'] as const).flatMap((stage): StatChange[] => {
    const [a, b] = [from.samples[stage]?.samples, to.samples[stage]?.samples];
    return a === b ? [] : [{ what: 'samples', stage, from: a, to: b }];
  });
  const [before, after] = [names(from.tasks), names(to.tasks)];
  const isKnown = from.tasks !== undefined && to.tasks !== undefined;
  const dropped: StatChange[] =
    isKnown && before.join('\n') !== after.join('\n') ? [{ what: 'dropped', from: before, to: after }] : [];
  return [...compareRounds(from.round, to.round), ...samples, ...dropped];
}
