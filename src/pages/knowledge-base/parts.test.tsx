import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { CONNECTION_REFUSED, fakeLoki, linesFrame } from '../../test/mockGrafana';
import { APP, evaluation, HOSTILE, NOW, open, task } from './testSupport';

describe('history', () => {
  it('draws five panels, and asks for what is typed once typing pauses', async () => {
    const { prometheus, page } = await open({ url: { tab: 'history' } });
    expect(page.state.history.state.panels.map(({ state }) => state.title)).toEqual([
      'Scores by task, each evaluation a dot',
      'Dropped tasks at the newest evaluation, by job',
      'Samples of the last round, by task',
      'New samples for training, by job',
      'Unseen samples at inference, by job',
    ]);
    expect(page.state.history.state.panels[0].state.fieldConfig.defaults.custom).toMatchObject({
      showPoints: 'always',
      spanNulls: true,
    });
    const asked = prometheus.requests.length;
    await userEvent.type(screen.getByLabelText('Task'), 'a"}');
    await waitFor(() => expect(prometheus.requests).toHaveLength(asked + 1));
    expect(prometheus.requests.at(-1)?.scores).toContain('task=~"(?i).*a\\"\\\\}.*"');
  });

  it('says what unseen samples are worth', async () => {
    await open({ url: { tab: 'history' } });
    expect(await screen.findByText(/Sedna tosses a coin for each sample/)).toBeInTheDocument();
  });

  it('shows the other panels where one cannot be read', async () => {
    await open({ url: { tab: 'history' }, change: { refused: { scores: 'too many samples' } } });
    expect(await screen.findByRole('alert', { name: 'Scores by task, each evaluation a dot' })).toBeInTheDocument();
    expect(screen.queryByTestId('query-error')).not.toBeInTheDocument();
    expect(screen.getByText(/^As the local controller logs them/)).toBeInTheDocument();
  });
});

describe('dropped tasks', () => {
  const line = (pod: string, text: string) => ({
    time: NOW - 200,
    text: `\u001b[33m[2026-11-27 07:24:44,303] cloud_knowledge_management.py(191) [WARNING]\u001b[0m - ${text}\u001b[0m`,
    labels: { namespace: 'robots', pod },
  });
  const lokiWith = (...lines: Array<ReturnType<typeof line>>) => {
    const loki = fakeLoki();
    loki.frames.lines = [linesFrame(lines)];
    return loki;
  };
  const dropped = async () => within(await screen.findByTestId('dropped-tasks')).findAllByRole('row');

  it('are those of the newest evaluation, with score against threshold, job and log', async () => {
    const loki = lokiWith(
      line('dog-eval-a', 'Winter_4.0 will not be deploy because all scores < 0.5'),
      line('dog-eval-old', 'Winter_4.0 will not be deploy because all scores < 0.1')
    );
    await open({ url: { tab: 'dropped' }, loki });
    await screen.findByText('all scores < 0.5');
    const [, row, ...others] = await dropped();
    expect(others).toEqual([]);
    expect(row).toHaveTextContent(/^Winter_4\.0robots\/dogprecision_score 0\.400all scores < 0\.5[56] minutes ago/);
    expect(within(row).getByRole('link', { name: 'dog-eval-a' }).getAttribute('href')).toContain(
      `${APP}/logs?namespace=robots&pod=dog-eval-a&from=`
    );
    expect(screen.queryByText('Tasks are dropped for scores that are high')).not.toBeInTheDocument();
  });

  it('that scored high are pointed at, with what to set', async () => {
    await open({
      url: { tab: 'dropped' },
      loki: lokiWith(line('dog-eval-a', 'Winter_4.0 will not be deploy because all scores > 0.1')),
    });
    expect(await screen.findByText('Tasks are dropped for scores that are high')).toBeInTheDocument();
  });

  it('have no rule without Loki, and say why', async () => {
    await open({ url: { tab: 'dropped' } });
    expect(await screen.findByText('The rule stands in logs only, and there is no Loki')).toBeInTheDocument();
    expect((await dropped())[1]).toHaveTextContent('not recorded');
  });

  it('are shown where Loki is away', async () => {
    const loki = Object.assign(fakeLoki(), { failure: CONNECTION_REFUSED });
    await open({ url: { tab: 'dropped' }, loki });
    expect(await screen.findByText('By which rule they were dropped could not be read')).toBeInTheDocument();
    expect((await dropped())[1]).toHaveTextContent('Winter_4.0');
  });

  it.each([
    ['none was dropped', evaluation('a'), 'No task was dropped'],
    ['no evaluation is known', [], 'No evaluation is known'],
  ])('are none where %s', async (_, evaluations, words) => {
    await open({ url: { tab: 'dropped' }, answers: { evaluations } });
    expect(await screen.findByText(words)).toBeInTheDocument();
  });
});

describe('relations', () => {
  it('list groups with their tasks folded in, and unfold one', async () => {
    const relations = [...task('a', { group: 'pets' }), ...task('b', { group: 'pets' }), ...task('c')];
    const { page } = await open({ url: { tab: 'relations' }, answers: { relations } });
    const table = within(await screen.findByTestId('task-relations'));
    expect(
      table
        .getAllByRole('row')
        .slice(1)
        .map(({ textContent }) => textContent)
    ).toEqual(['pets2pets.model', 'g-c1g-c.model']);
    await userEvent.click(table.getByRole('button', { name: 'pets' }));
    expect(page.state.relations.getUrlState()).toEqual({ group: 'pets' });
    expect(
      table
        .getAllByRole('row')
        .slice(1)
        .map(({ textContent }) => textContent)
    ).toEqual(['a0.500', 'b0.500']);
    expect(table.getByRole('link', { name: 'a' })).toHaveAttribute(
      'href',
      `${APP}/knowledge-base?q=a&from=now-1h&to=now`
    );
    await userEvent.click(table.getByRole('button', { name: 'All groups' }));
    expect(page.state.relations.getUrlState()).toEqual({ group: null });
  });

  it('of 200 groups are a table until what is typed leaves as many as can be read', async () => {
    const relations = Array.from({ length: 200 }, (_, i) => task(`t-${i}`)).flat();
    await open({ url: { tab: 'relations' }, answers: { relations } });
    expect(await screen.findByText('Too many for a picture')).toBeInTheDocument();
    expect(screen.getByText(/^200 groups match, and a picture of more than 60 cannot be read/)).toBeInTheDocument();
    expect(screen.queryByTestId('relation-picture')).not.toBeInTheDocument();
    await userEvent.type(screen.getByLabelText('Task'), 't-19');
    expect(await screen.findByTestId('relation-picture')).toBeInTheDocument();
    expect(screen.queryByText('Too many for a picture')).not.toBeInTheDocument();
  });

  it('of a group with 200 tasks are a table', async () => {
    const relations = Array.from({ length: 200 }, (_, i) => task(`t-${i}`, { group: 'all' })).flat();
    await open({ url: { tab: 'relations', group: 'all' }, answers: { relations } });
    expect(await screen.findByText(/^This group has 200 tasks/)).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 't-0' })).toBeInTheDocument();
  });

  it('of a group that is not there say so', async () => {
    await open({ url: { tab: 'relations', group: HOSTILE[1] } });
    expect(await screen.findByText('There is no group of this name.')).toBeInTheDocument();
  });
});
