import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { flattenMetrics } from '../../../../sedna/conditions/conditionJson';
import { toObjectLives, type ObjectLife } from '../../../../sedna/journal';
import { readRecordedEntries } from '../../../../sedna/journal/recording.fixture';
import type { KindName } from '../../../../sedna/kinds';
import { NO_RECORDING, readExpected } from '../../../../sedna/recording.fixture';
import { lokiWithJournal, moveEntries } from '../../../../test/fakeJournal';
import { fakePrometheus, mockGrafana } from '../../../../test/mockGrafana';
import { renderPage } from '../../../../test/render';
import { formatNumber } from '../../../../ui/format/formatRound';
import { TEST_IDS } from '../../../../ui/testIds';
import { StatusScene } from '../StatusScene';

interface ExpectedJob {
  kind: KindName;
  namespace: string;
  name: string;
  uid: string;
  deleted?: string;
  conditions: number;
  trainRoundsStarted?: number;
  roundsCompleted: number;
  failures: Partial<Record<string, number>>;
  evaluations: Array<{ allModels: Array<{ metrics: Record<string, unknown> | null }>; recorded: boolean }>;
}

const MINUTE = 60_000;
const { at, objects } = NO_RECORDING ? { at: '', objects: [] } : readExpected<{ at: string; objects: ExpectedJob[] }>();
const jobs = objects.filter(({ trainRoundsStarted }) => trainRoundsStarted !== undefined);
const entries = NO_RECORDING ? [] : readRecordedEntries();
const lives = new Map(toObjectLives(entries).map((life) => [life.ref.uid, life]));

/** Opens the tab of a job as if the recording had just ended, with all rounds. */
async function open({ kind, namespace, name, uid }: ExpectedJob): Promise<HTMLElement[]> {
  const own = entries.filter((entry) => entry.namespace === namespace && entry.name === name);
  const moved = moveEntries(own, Date.parse(at), Date.now() - MINUTE);
  mockGrafana({ dataSources: [fakePrometheus(), lokiWithJournal(moved)] });
  const scene = new StatusScene({ ref: { kind, namespace, name } });
  renderPage(scene);
  scene.state.history!.updateFromUrl({ uid });
  const rounds = within(await screen.findByTestId(TEST_IDS.resource.rounds));
  const [table] = await rounds.findAllByRole('table');
  for (let older = rounds.queryByText('Show older rounds'); older; older = rounds.queryByText('Show older rounds')) {
    await userEvent.click(older);
  }
  return within(table).getAllByRole('row');
}

/** Returns the cells of a row, oldest first. */
function getCells(rows: readonly HTMLElement[], title: string): string[] {
  const row = rows.find((each) => each.firstElementChild?.textContent === title)!;
  return [...row.children]
    .slice(1)
    .map(({ textContent }) => textContent ?? '')
    .reverse();
}

const formatMetrics = (metrics: Record<string, unknown> | null) =>
  [...flattenMetrics(metrics ?? {})].map(([name, value]) => `${name}: ${formatNumber(value as number)}`);

(NO_RECORDING ? describe.skip : describe)(`jobs of a recorded Sedna${NO_RECORDING ? ` (${NO_RECORDING})` : ''}`, () => {
  it.each(jobs.map((job) => [`${job.namespace}/${job.name}${job.deleted ? ', deleted' : ''}`, job] as const))(
    '%s has each round, failure, metric, and condition, and no cell without an answer',
    async (_, job) => {
      const rows = await open(job);
      const life: ObjectLife = lives.get(job.uid)!;
      const cells = rows.slice(1).flatMap((row) => [...row.children].map(({ textContent }) => textContent));
      expect(cells.filter((text) => text === '' || /Not seen|End unknown/.test(text ?? ''))).toEqual([]);

      const titles = [...rows[0].children].slice(1).map(({ firstChild }) => firstChild?.textContent ?? '');
      const numbers = titles.reverse().flatMap((title) => /^Round (\d+)/.exec(title)?.[1] ?? []);
      expect(numbers).toEqual(numbers.map((_number, place) => String(place + 1)));
      expect(numbers.length).toBeLessThanOrEqual(job.trainRoundsStarted!);

      const count = (stage: string, outcome: RegExp) =>
        getCells(rows, stage).filter((text) => outcome.test(text)).length;
      expect(count('Deploy', /^Completed/)).toBe(job.roundsCompleted);
      expect(['Train', 'Eval', 'Deploy'].map((stage) => count(stage, /^Failed/))).toEqual(
        ['Train', 'Eval', 'Deploy'].map((stage) => job.failures[stage] ?? 0)
      );

      const shown = getCells(rows, 'Evaluation metrics').join(' ');
      const recorded = job.evaluations.filter((each) => each.recorded).flatMap(({ allModels }) => allModels);
      let from = 0;
      for (const text of recorded.flatMap(({ metrics }) => formatMetrics(metrics))) {
        const found = shown.indexOf(text, from);
        expect([text, found]).not.toEqual([text, -1]);
        from = found + text.length;
      }

      const lost = life.conditions.filter((each) => each.lost !== undefined).length;
      expect(screen.getByText(`Conditions (${job.conditions + lost})`)).toBeInTheDocument();
    }
  );

  it('are all that the recording has', () => expect(jobs.length).toBeGreaterThan(15));
});
