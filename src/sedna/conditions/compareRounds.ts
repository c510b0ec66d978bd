/** Comparison of two rounds. */
import type { Stage } from '../kinds';
import type { MetricValue } from './conditionData';
import type { ModelVersion } from '../kinds/shared/models';
import type { Round, RoundMetric, StageOutcome, StageRun } from './rounds';

/** A difference. `from` or `to` is undefined if that round doesn't have the property. Durations are in seconds. */
export type RoundChange =
  | { what: 'number'; from?: number; to?: number }
  | { what: 'outcome'; stage: Stage; from?: StageOutcome; to?: StageOutcome }
  | { what: 'duration'; stage: Stage; from?: number; to?: number }
  | { what: 'models'; stage: Stage; direction: 'in' | 'out'; from: readonly string[]; to: readonly string[] }
  /** `model` is the index of the model in the report, because URLs differ in every round. */
  | { what: 'metric'; model: number; version?: ModelVersion; metric: string; from?: MetricValue; to?: MetricValue };

const findStage = ({ stages }: Round, stage: Stage) => stages.find((run) => run.stage === stage);

const urls = (models: ReadonlyArray<{ url: string }> = []) => models.map(({ url }) => url);

function stageChanges(stage: Stage, from: StageRun | undefined, to: StageRun | undefined): RoundChange[] {
  const models = (['in', 'out'] as const).map((direction): RoundChange => {
    const of = (run: StageRun | undefined) => urls(direction === 'in' ? run?.input?.models : run?.modelsOut);
    return { what: 'models', stage, direction, from: of(from), to: of(to) };
  });
  return [
    { what: 'outcome', stage, from: from?.outcome, to: to?.outcome },
    { what: 'duration', stage, from: from?.duration, to: to?.duration },
    ...models,
  ];
}

type IndexedMetric = Pick<RoundMetric, 'version' | 'metric' | 'value'> & { model: number };

/** Indexes metrics by their model (its version, or else its index) and their name. */
function indexMetrics(round: Round): Map<string, IndexedMetric> {
  const models = [...new Set(round.metrics.map(({ model }) => model))];
  return new Map(
    round.metrics.map(({ model, version, metric, value }) => {
      const index = models.indexOf(model);
      return [`${version ?? index} ${metric}`, { model: index, version, metric, value }];
    })
  );
}

function metricChanges(from: Round, to: Round): RoundChange[] {
  const [before, after] = [indexMetrics(from), indexMetrics(to)];
  const all = new Map([...before, ...after]);
  return [...all].map(([key, { model, version, metric }]) => ({
    what: 'metric',
    model,
    version,
    metric,
    from: before.get(key)?.value,
    to: after.get(key)?.value,
  }));
}

function isChange({ from, to }: RoundChange): boolean {
  return JSON.stringify(from) !== JSON.stringify(to);
}

/** Returns the differences between two rounds: number, then stages, then metrics. */
export function compareRounds(from: Round, to: Round): RoundChange[] {
  const stages = (['Train', 'Eval', 'Deploy'] as const).flatMap((stage) =>
    stageChanges(stage, findStage(from, stage), findStage(to, stage))
  );
  const changes: RoundChange[] = [
    { what: 'number', from: from.number, to: to.number },
    ...stages,
    ...metricChanges(from, to),
  ];
  return changes.filter(isChange);
}
