import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { JournalEntry } from '../../../../sedna/journal';
import { entryOf } from '../../../../sedna/journal/journal.fixture';
import { lokiWithJournal, moveEntries } from '../../../../test/fakeJournal';
import { CONNECTION_REFUSED, createSample, fakeLoki, fakePrometheus, mockGrafana } from '../../../../test/mockGrafana';
import { renderPage } from '../../../../test/render';
import { ResourceListScene } from '../ResourceListScene';

const T0 = Date.parse('2026-11-30T05:00:00Z');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const deleted = (uid: string, name: string, agoMs: number, away?: true): JournalEntry =>
  moveEntries(
    [{ ...entryOf('deleted', 0, { away }), id: `${uid}:deleted`, uid, name } as JournalEntry],
    T0,
    Date.now() - agoMs
  )[0];

function open(loki = fakeLoki(), text = 'robo') {
  const prometheus = fakePrometheus();
  prometheus.answers = {
    objects: [createSample({ kind: 'LifelongLearningJob', namespace: 'default', name: 'robo' }, Date.now() / 1000)],
  };
  mockGrafana({ dataSources: [prometheus, loki] });
  renderPage(new ResourceListScene({ text }));
}
const search = async () => userEvent.click(await screen.findByText('Search deleted resources'));
const rows = async () =>
  within(await screen.findByRole('table', { name: 'Deleted resources' }))
    .getAllByRole('row')
    .slice(1);

describe('search of deleted resources', () => {
  it('finds each object of a name, marked and with a link to its own history', async () => {
    open(
      lokiWithJournal([
        deleted('uid-1', 'robo', 3 * DAY),
        deleted('uid-2', 'robo', HOUR, true),
        deleted('uid-3', 'ROBO-2', 2 * HOUR),
        deleted('uid-4', 'other', HOUR),
      ])
    );
    await search();
    const found = await rows();
    expect(found.map(({ textContent }) => textContent)).toEqual([
      expect.stringMatching(/^robo DeletedLifelongLearningJobdefaultBefore 20/),
      expect.stringMatching(/^ROBO-2 Deleted/),
      expect.stringMatching(/^robo Deleted/),
    ]);
    const uids = found.map((row) => within(row).getByRole<HTMLAnchorElement>('link').href);
    expect(uids.map((href) => new URL(href).searchParams.get('uid'))).toEqual(['uid-2', 'uid-3', 'uid-1']);
    expect(new URL(uids[0]).pathname).toBe('/a/kubeedge-sedna-app/resources/LifelongLearningJob/default/robo/status');
  });

  it('sends nothing before it is asked for, and goes further back on demand', async () => {
    const loki = lokiWithJournal([deleted('uid-1', 'robo', 40 * DAY)]);
    open(loki);
    await screen.findByText('Search deleted resources');
    expect(loki.asked).toEqual([]);
    await search();
    expect(await screen.findByText(/^The journal has no deletion of a matching resource between/)).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Search earlier' }));
    expect(await rows()).toHaveLength(1);
    expect(loki.asked).toHaveLength(2);
  });

  it('skips lines that are no entries, and counts them', async () => {
    const entry = deleted('uid-1', 'robo', HOUR);
    const at = `${Date.now() - HOUR}000000`;
    const text = JSON.stringify(entry);
    open(
      lokiWithJournal(
        [entry],
        [
          [at, text.slice(0, -9)],
          [at, text.replace('"v":1', '"v":9')],
        ]
      )
    );
    await search();
    expect(await rows()).toHaveLength(1);
    expect(screen.getByText('2 journal lines were skipped')).toBeInTheDocument();
  });

  it.each(['a"b', '${__user}', 'x\\n', '<b>', '.*'])('finds an object named %j', async (name) => {
    open(
      lokiWithJournal([deleted('uid-1', name, HOUR), deleted('uid-2', 'other', HOUR)]),
      `"${name.replace(/["\\]/g, '\\$&')}"`
    );
    await search();
    expect((await rows())[0]).toHaveTextContent(name);
    expect(await rows()).toHaveLength(1);
  });

  it('says that Loki does not answer', async () => {
    const loki = fakeLoki();
    loki.failure = CONNECTION_REFUSED;
    open(loki);
    await search();
    expect(await screen.findByText("Can't reach Loki & co")).toBeInTheDocument();
  });
});
