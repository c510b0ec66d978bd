import { screen, within } from '@testing-library/react';
import { CONNECTION_REFUSED, fakeLoki, linesFrame } from '../../../test/mockGrafana';
import { APP, createEvaluation, NOW, openKnowledgeBase } from '../testUtils';
import { TEST_IDS } from '../../../ui/testIds';

describe('DroppedTasksScene', () => {
  const createLine = (pod: string, text: string) => ({
    time: NOW - 200,
    text: `\u001b[33m[2026-11-27 07:24:44,303] cloud_knowledge_management.py(191) [WARNING]\u001b[0m - ${text}\u001b[0m`,
    labels: { namespace: 'robots', pod },
  });
  const createLoki = (...lines: Array<ReturnType<typeof createLine>>) => {
    const loki = fakeLoki();
    loki.frames.lines = [linesFrame(lines)];
    return loki;
  };
  const findRows = async () =>
    within(await screen.findByTestId(TEST_IDS.knowledgeBase.droppedTasks)).findAllByRole('row');

  it('shows the tasks that the newest evaluation dropped with scores, reason, job, and log', async () => {
    const loki = createLoki(
      createLine('dog-eval-a', 'Winter_4.0 will not be deploy because all scores < 0.5'),
      createLine('dog-eval-old', 'Winter_4.0 will not be deploy because all scores < 0.1')
    );
    await openKnowledgeBase({ url: { tab: 'dropped' }, loki });
    await screen.findByText('All scores < 0.5');
    const [, row, ...others] = await findRows();
    expect(others).toEqual([]);
    expect(row).toHaveTextContent(/^Winter_4\.0robots\/dogprecision_score 0\.400All scores < 0\.5[56] minutes ago/);
    expect(within(row).getByRole('link', { name: 'dog-eval-a' }).getAttribute('href')).toContain(
      `${APP}/logs?namespace=robots&pod=dog-eval-a&from=`
    );
    expect(screen.queryByText('Tasks with high scores are dropped')).not.toBeInTheDocument();
  });

  it('warns about dropped tasks with high scores', async () => {
    await openKnowledgeBase({
      url: { tab: 'dropped' },
      loki: createLoki(createLine('dog-eval-a', 'Winter_4.0 will not be deploy because all scores > 0.1')),
    });
    expect(await screen.findByText('Tasks with high scores are dropped')).toBeInTheDocument();
  });

  it('explains why there are no reasons without Loki', async () => {
    await openKnowledgeBase({ url: { tab: 'dropped' } });
    expect(await screen.findByText('The reasons for dropped tasks need a Loki data source')).toBeInTheDocument();
    expect((await findRows())[1]).toHaveTextContent(/not recorded/i);
  });

  it('shows dropped tasks when Loki is unreachable', async () => {
    const loki = Object.assign(fakeLoki(), { failure: CONNECTION_REFUSED });
    await openKnowledgeBase({ url: { tab: 'dropped' }, loki });
    expect(await screen.findByText("The reasons for dropped tasks couldn't be loaded")).toBeInTheDocument();
    expect((await findRows())[1]).toHaveTextContent('Winter_4.0');
  });

  it.each([
    ['none was dropped', createEvaluation('a'), 'No dropped tasks'],
    ['there is no evaluation', [], 'No evaluations found'],
  ])('shows an empty state when %s', async (_, evaluations, text) => {
    await openKnowledgeBase({ url: { tab: 'dropped' }, responses: { evaluations } });
    expect(await screen.findByText(text)).toBeInTheDocument();
  });
});
