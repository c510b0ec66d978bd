import { flattenMetrics } from '../conditions/conditionJson';
import { findKind, type KindName, type Stage } from '../kinds';
import { toObjectLives, toHistoryFromJournal, type ObjectLife } from '.';
import { NO_RECORDING, readExpected } from '../recording.fixture';
import { readRecordedEntries } from './recording.fixture';

interface Evaluation {
  time: string;
  allModels: Array<{ url: string; metrics: Record<string, number | number[]> }>;
  recorded: boolean;
}
interface ExpectedObject {
  kind: KindName;
  namespace: string;
  name: string;
  uid: string;
  deleted?: string;
  conditions?: number;
  transitions?: Record<string, number>;
  trainRoundsStarted?: number;
  roundsCompleted?: number;
  failures?: Partial<Record<Stage, number>>;
  evaluations?: Evaluation[];
  models?: Record<string, { models: string[]; recorded: boolean } | null>;
}

(NO_RECORDING ? describe.skip : describe)(
  `journal of a recorded Sedna${NO_RECORDING ? ` (${NO_RECORDING})` : ''}`,
  () => {
    const objects = NO_RECORDING ? [] : readExpected<{ objects: ExpectedObject[] }>().objects;
    const lives = new Map(toObjectLives(NO_RECORDING ? [] : readRecordedEntries()).map((life) => [life.ref.uid, life]));
    const lifeOf = ({ uid }: ExpectedObject): ObjectLife => lives.get(uid)!;
    const jobs = objects.filter(({ kind }) => findKind(kind)?.staged);
    const historyOf = (job: ExpectedObject) => toHistoryFromJournal(lifeOf(job));
    const countBy = (texts: string[]) =>
      texts.reduce<Record<string, number>>((counts, text) => ({ ...counts, [text]: (counts[text] ?? 0) + 1 }), {});

    it('has every object, with its deletion', () => {
      for (const object of objects) {
        expect([object.name, lifeOf(object)?.deleted !== undefined]).toEqual([
          object.name,
          object.deleted !== undefined,
        ]);
      }
    });

    it('tells two jobs of one name apart', () => {
      const same = [...lives.values()].filter(({ ref }) => ref.name === 'helmet-detection-txt');
      expect(same.map(({ deleted }) => deleted !== undefined)).toEqual([true, false]);
    });

    it('has all conditions that each object holds at the end', () => {
      for (const object of objects) {
        const present = lifeOf(object).conditions.filter(({ lost }) => lost === undefined);
        expect([object.name, present.length]).toEqual([object.name, object.conditions ?? 0]);
        if (object.transitions) {
          const types = present.map(({ condition }) => `${condition.stage}/${condition.type}`);
          expect([object.name, countBy(types)]).toEqual([object.name, object.transitions]);
        }
      }
    });

    it('counts rounds, failures, and passes that began', () => {
      for (const job of jobs) {
        const { rounds } = historyOf(job);
        const failed = rounds.flatMap(({ stages }) =>
          stages.filter(({ outcome }) => outcome === 'failed').map(({ stage }) => stage)
        );
        expect({
          name: job.name,
          started: rounds.filter(({ stages }) => stages[0].conditionTimes.Ready !== undefined).length,
          completed: rounds.filter(({ outcome }) => outcome === 'completed').length,
          failures: countBy(failed),
        }).toEqual({
          name: job.name,
          started: job.trainRoundsStarted,
          completed: job.roundsCompleted,
          failures: job.failures,
        });
      }
    });

    it('numbers rounds without gaps, and no pass without a worker', () => {
      for (const job of jobs) {
        const { rounds } = historyOf(job);
        const numbered = rounds.filter(({ hasRun }) => hasRun);
        expect(numbered.map(({ ordinal }) => ordinal)).toEqual(numbered.map((_, index) => index + 1));
        expect(rounds.filter(({ hasRun, ordinal }) => !hasRun && ordinal !== undefined)).toEqual([]);
      }
    });

    it('knows the start and end of every stage but those in progress', () => {
      for (const job of jobs) {
        const { rounds } = historyOf(job);
        const runs = rounds.flatMap(({ stages }) => stages);
        expect(runs.every(({ start }) => start !== undefined)).toBe(true);
        expect(runs.filter(({ outcome }) => outcome === 'not-recorded')).toEqual([]);
        expect(runs.slice(0, -1).every(({ outcome, end }) => outcome !== 'open' && end !== undefined)).toBe(true);
      }
    });

    it('has the metrics of every evaluation, and of those whose report the object lost', () => {
      const overwritten: string[] = [];
      for (const job of jobs) {
        const { rounds } = historyOf(job);
        const found = rounds.flatMap(({ metrics }) => metrics.map(({ metric, value }) => `${metric} ${value}`));
        for (const { allModels, recorded } of job.evaluations ?? []) {
          for (const { metrics } of recorded ? allModels : []) {
            for (const [metric, value] of flattenMetrics(metrics)) {
              expect(found).toContain(`${metric} ${String(value)}`);
            }
          }
        }
        for (const { stages, metrics } of rounds) {
          for (const run of stages.filter(({ reportOverwritten }) => reportOverwritten)) {
            overwritten.push(`${job.name} ${run.stage}`);
            expect(run.modelsOut).not.toEqual([]);
            expect(run.stage === 'Eval' ? metrics : [1]).not.toEqual([]);
          }
        }
      }
      expect(overwritten).toHaveLength(8);
    });

    it('has the model that each job trained last, also where the object lost it', () => {
      for (const job of jobs.filter(({ models }) => models?.trained)) {
        const trained = historyOf(job).rounds.flatMap(({ stages }) =>
          stages.flatMap(({ stage, modelsOut }) => (stage === 'Train' ? modelsOut.map(({ url }) => url) : []))
        );
        const { models, recorded } = job.models!.trained!;
        expect(trained.slice(-models.length || undefined)).toEqual(recorded ? models : trained);
      }
    });
  }
);
