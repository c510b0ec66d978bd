import { compareEntries, mergeLiveConditions, toHistoryFromJournal, toObjectLives, type JournalEntry } from '.';
import { entryOf, journalCondition, rawCondition } from './journal.fixture';

const report = { output: { models: [{ url: '/m', format: 'pkl', metrics: { f1: [0.5, 0.75] } }] } };
const append = (index: number, ...raw: Parameters<typeof rawCondition>) =>
  entryOf('condition', raw[2], { condition: journalCondition(index, ...raw) });
const lifeOf = (...entries: JournalEntry[]) => toObjectLives([...entries].sort(compareEntries))[0];

describe('objects of the journal', () => {
  it('are told apart by uid, oldest first, with creation and deletion', () => {
    const again = { uid: 'uid-2' };
    const lives = toObjectLives([
      entryOf('created', 0, {}),
      append(0, 'Train', 'Waiting', 1),
      entryOf('deleted', 9, { away: true }),
      { ...entryOf('created', 20, {}), ...again },
    ]);
    expect(
      lives.map(({ ref, deleted, deletedWhileAway }) => [ref.uid, deleted !== undefined, deletedWhileAway])
    ).toEqual([
      ['uid-1', true, true],
      ['uid-2', false, false],
    ]);
  });

  it('have their worker pods, with restarts and end', () => {
    const pod = { name: 'demo-train-a', uid: 'p1', node: 'edge', worker: 'train' };
    const ended = { container: 'train-worker', exitCode: 1 };
    const { pods } = lifeOf(
      entryOf('pod-created', 1, { pod }),
      entryOf('pod-started', 2, { pod }),
      entryOf('pod-restarted', 3, { pod, restarts: 2, ended }),
      entryOf('pod-ended', 4, { pod, phase: 'Failed', containers: [ended] }),
      entryOf('pod-deleted', 5, { pod })
    );
    expect(pods).toHaveLength(1);
    expect(pods[0]).toMatchObject({ ...pod, phase: 'Failed', restarts: 2, containers: [ended] });
    expect([pods[0].created, pods[0].started, pods[0].ended, pods[0].deleted].map((time) => time! % 60)).toEqual([
      1, 2, 4, 5,
    ]);
  });

  it('leave out nodes and the knowledge base', () =>
    expect(toObjectLives([{ ...entryOf('node-online', 1, {}), kind: 'Node' } as JournalEntry])).toEqual([]));
});

describe('toHistoryFromJournal', () => {
  it('numbers rounds only from the first condition of the job on, or from what is known of those before', () => {
    const partial = lifeOf(append(13, 'Train', 'Waiting', 1), append(14, 'Train', 'Running', 2));
    expect(toHistoryFromJournal(partial).rounds[0].ordinal).toBeUndefined();
    expect(toHistoryFromJournal(partial, 4).rounds[0].ordinal).toBe(5);
    const whole = lifeOf(append(0, 'Train', 'Waiting', 1), append(1, 'Train', 'Running', 2));
    expect(toHistoryFromJournal(whole).rounds[0].ordinal).toBe(1);
  });

  it('keeps the report that another condition replaced, and says so', () => {
    const lost = journalCondition(1, 'Train', 'Completed', 5, report);
    const { rounds } = toHistoryFromJournal(
      lifeOf(
        append(0, 'Train', 'Waiting', 1),
        entryOf('condition', 5, { condition: lost }),
        entryOf('condition-replaced', 6, { condition: journalCondition(1, 'Train', 'Completed', 6), lost }),
        append(2, 'Eval', 'Waiting', 6)
      )
    );
    expect(rounds[0].stages[0]).toMatchObject({ outcome: 'completed', reportOverwritten: true });
    expect(rounds[0].stages[0].modelsOut).toEqual([
      { url: '/m', format: 'pkl', metrics: { 'f1[0]': 0.5, 'f1[1]': 0.75 } },
    ]);
  });

  it('counts a pass as a round once its worker started, even if no condition says so', () => {
    const pod = { name: 'demo-train-a', uid: 'p1', worker: 'train' };
    const starting = [append(0, 'Train', 'Waiting', 1), append(1, 'Train', 'Starting', 2)];
    expect(toHistoryFromJournal(lifeOf(...starting)).rounds[0]).toMatchObject({ hasRun: false });
    const started = lifeOf(...starting, entryOf('pod-started', 3, { pod }));
    expect(toHistoryFromJournal(started).rounds[0]).toMatchObject({ hasRun: true, ordinal: 1 });
  });
});

describe('mergeLiveConditions', () => {
  const journal = lifeOf(append(0, 'Train', 'Waiting', 1), append(1, 'Train', 'Completed', 5, report)).conditions;

  it('adds conditions that the journal has not seen yet, and each once', () => {
    const live = [rawCondition('Train', 'Waiting', 1), rawCondition('Train', 'Completed', 5, report)];
    const merged = mergeLiveConditions(
      'LifelongLearningJob',
      [...live, rawCondition('Eval', 'Waiting', 6)],
      '2026-11-30T05:01:00Z',
      journal
    );
    expect(merged.map(({ condition, lost }) => [condition.index, condition.type, lost])).toEqual([
      [0, 'Waiting', undefined],
      [1, 'Completed', undefined],
      [2, 'Waiting', undefined],
    ]);
  });

  it('marks what the object has lost', () => {
    const live = [rawCondition('Train', 'Waiting', 1), rawCondition('Train', 'Completed', 6)];
    const merged = mergeLiveConditions('LifelongLearningJob', live, '2026-11-30T05:01:00Z', journal);
    expect(merged.map(({ condition, lost }) => [condition.data?.state, lost !== undefined])).toEqual([
      [undefined, false],
      ['parsed', true],
      [undefined, false],
    ]);
  });

  it.each([undefined, null, 'x', [null, 7]])('accepts %j as conditions', (live) =>
    expect(() => mergeLiveConditions('LifelongLearningJob', live, 'x', journal)).not.toThrow()
  );
});
