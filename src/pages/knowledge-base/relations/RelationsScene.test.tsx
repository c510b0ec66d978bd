import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { APP, createTask, HOSTILE_NAMES, openKnowledgeBase } from '../testUtils';
import { TEST_IDS } from '../../../ui/testIds';

describe('RelationsScene', () => {
  it('lists groups and opens the tasks of one', async () => {
    const relations = [
      ...createTask('a', { group: 'pets' }),
      ...createTask('b', { group: 'pets' }),
      ...createTask('c'),
    ];
    const { page } = await openKnowledgeBase({ url: { tab: 'relations' }, responses: { relations } });
    const table = within(await screen.findByTestId(TEST_IDS.knowledgeBase.relations));
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
    await userEvent.click(table.getByRole('button', { name: 'View all groups' }));
    expect(page.state.relations.getUrlState()).toEqual({ group: null });
  });

  it('shows 200 groups as a table until a search leaves as many as a graph can show', async () => {
    const relations = Array.from({ length: 200 }, (_, i) => createTask(`t-${i}`)).flat();
    await openKnowledgeBase({ url: { tab: 'relations' }, responses: { relations } });
    expect(await screen.findByText('Too large for a graph')).toBeInTheDocument();
    expect(screen.getByText(/^200 groups match, but a graph is readable with up to 60/)).toBeInTheDocument();
    expect(screen.queryByTestId(TEST_IDS.knowledgeBase.relationGraph)).not.toBeInTheDocument();
    await userEvent.type(screen.getByLabelText('Task'), 't-19');
    expect(await screen.findByTestId(TEST_IDS.knowledgeBase.relationGraph)).toBeInTheDocument();
    expect(screen.queryByText('Too large for a graph')).not.toBeInTheDocument();
  });

  it('shows a group with 200 tasks as a table', async () => {
    const relations = Array.from({ length: 200 }, (_, i) => createTask(`t-${i}`, { group: 'all' })).flat();
    await openKnowledgeBase({ url: { tab: 'relations', group: 'all' }, responses: { relations } });
    expect(await screen.findByText(/^This group has 200 tasks/)).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 't-0' })).toBeInTheDocument();
  });

  it('shows a message for an unknown group', async () => {
    await openKnowledgeBase({ url: { tab: 'relations', group: HOSTILE_NAMES[1] } });
    expect(await screen.findByText('No group with this name found')).toBeInTheDocument();
  });
});
