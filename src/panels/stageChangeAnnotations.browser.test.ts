import { EmbeddedScene, SceneReactObject, SceneTimeRange } from '@grafana/scenes';
import { firstValueFrom, timeout } from 'rxjs';
import type { JournalEntry } from '../sedna/journal';
import { entryOf, journalCondition } from '../sedna/journal/journal.fixture';
import { lokiWithJournal, moveEntries } from '../test/fakeJournal';
import { fakePrometheus, mockGrafana, seriesFrame } from '../test/mockGrafana';
import { createStageChangesLayer, toStageChanges } from './stageChangeAnnotations';

const series = (stage: string, condition: string, times: number[], name = 'dog') => ({
  labels: { namespace: 'robots', name, stage, condition },
  points: times.map((time): [number, number] => [time, 1]),
});

describe('stageChangeAnnotations', () => {
  it('finds changes of the stage and failures, but not the unknown start', () => {
    const changes = toStageChanges([
      series('Train', 'Running', [0, 15]),
      series('Train', 'Completed', [30]),
      series('Eval', 'Waiting', [45]),
      series('Eval', 'Failed', [60, 75]),
      series('Train', 'Waiting', [90]),
      series('Deploy', 'Waiting', [0, 90], 'cat'),
    ]);
    expect(changes).toEqual([
      { time: 45_000, object: 'robots/dog', stage: 'Eval', failed: false },
      { time: 60_000, object: 'robots/dog', stage: 'Eval', failed: true },
      { time: 90_000, object: 'robots/dog', stage: 'Train', failed: false },
    ]);
  });

  it('ignores a state that is 0', () =>
    expect(
      toStageChanges([series('Train', 'Running', [0]), { ...series('Eval', 'Failed', []), points: [[15, 0]] }])
    ).toEqual([]));
});

describe('annotations of one job', () => {
  const T0 = Date.parse('2026-11-30T05:00:00Z');
  const ref = { kind: 'LifelongLearningJob', namespace: 'default', name: 'demo' } as const;
  const append = (index: number, stage: string, type: string, second: number) =>
    entryOf('condition', second, { condition: journalCondition(index, stage, type, second) });

  async function fetchTitles(entries: readonly JournalEntry[]) {
    const prometheus = fakePrometheus();
    const now = Date.now() / 1000;
    prometheus.frames.conditions = [
      seriesFrame({ ...ref, stage: 'Train', condition: 'Running' }, [[now - 900, 1]]),
      seriesFrame({ ...ref, stage: 'Deploy', condition: 'Waiting' }, [[now - 600, 1]]),
    ];
    mockGrafana({ dataSources: [prometheus, lokiWithJournal(moveEntries(entries, T0, Date.now() - 1_800_000))] });
    const $data = createStageChangesLayer('x', ref);
    const body = new SceneReactObject({ reactNode: null });
    const scene = new EmbeddedScene({ $timeRange: new SceneTimeRange({ from: 'now-1h', to: 'now' }), $data, body });
    const deactivate = scene.activate();
    const { data } = await firstValueFrom($data.getResultsStream().pipe(timeout(10_000)));
    deactivate();
    return data.series[0].fields.find(({ name }) => name === 'title')?.values;
  }

  it('have stages that are shorter than a scrape, from the journal', async () => {
    const entries = [
      append(0, 'Train', 'Waiting', 1),
      append(1, 'Train', 'Running', 2),
      append(2, 'Eval', 'Waiting', 3),
      append(3, 'Eval', 'Failed', 4),
      append(4, 'Train', 'Waiting', 4),
    ];
    expect(await fetchTitles(entries)).toEqual(['Train started', 'Eval started', 'Eval failed', 'Train started']);
  });

  it('come from scraped metrics without a journal', async () => {
    expect(await fetchTitles([])).toEqual(['Deploy started']);
  });
});
