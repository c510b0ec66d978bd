import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { CONNECTION_REFUSED, PERMISSION_DENIED } from '../../test/mockGrafana';
import { APP, evaluation, head, HOSTILE, nextTab, NOW, open, part, task } from './testSupport';

const fact = (name: string) =>
  within(screen.getByTestId('knowledge-base-head')).getByText(name, { selector: 'dt *' }).closest('dt')!
    .nextElementSibling!;
const rows = () => within(screen.getByTestId('task-table')).getAllByRole('row').slice(1);
const rowOf = (name: string) => rows().find((row) => row.textContent?.startsWith(name))!;

describe('the head', () => {
  it('says where the knowledge base runs, that it answers, and since when', async () => {
    await open();
    expect(fact('Answers')).toHaveTextContent('pod runs, database is readable');
    expect(fact('Node')).toHaveTextContent('cloud-node');
    expect(fact('Cloud or edge')).toHaveTextContent('cloud');
    expect(fact('IP of its service')).toHaveTextContent('10.96.0.7');
    expect(fact('Runs since')).toHaveTextContent('2 hours ago');
    expect(fact('Database last read')).toHaveTextContent('a few seconds ago');
    expect(fact('Known tasks')).toHaveTextContent('2');
    expect(screen.getByRole('link', { name: 'kb-1' })).toHaveAttribute('href', `${APP}/logs?namespace=sedna&pod=kb-1`);
  });

  it('calls what nobody tells not recorded', async () => {
    await open({ answers: { knowledgeBase: head({ info: [part('info', { ip: '10.96.0.7' })], started: [] }) } });
    expect(fact('Node')).toHaveTextContent('not recorded');
    expect(fact('Cloud or edge')).toHaveTextContent('not recorded');
    expect(fact('Runs since')).toHaveTextContent('not recorded');
  });

  it('says that it does not answer where its pod does not run', async () => {
    await open({ answers: { knowledgeBase: head({ phase: [part('phase', { pod: 'kb-1', phase: 'Pending' })] }) } });
    expect(fact('Answers')).toHaveTextContent('no: its pod is Pending');
  });

  it('greys what was read last where the database cannot be read any more', async () => {
    await open({
      answers: { knowledgeBase: head({ up: [part('up', {}, 0)], read: [part('read', {}, NOW - 1800)] }) },
    });
    expect(fact('Answers')).toHaveTextContent('its database cannot be read');
    expect(screen.getByRole('alert', { name: 'The exporter cannot read the database' })).toBeInTheDocument();
    expect(fact('Known tasks').firstElementChild).toHaveAttribute('data-staleness', 'late');
    expect(rowOf('Autumn_1.0').querySelector('[data-staleness]')).toHaveAttribute('data-staleness', 'late');
  });

  it('greys it too where the node is silent', async () => {
    await open({
      answers: { knowledgeBase: head({ silent: [part('silent', { node: 'cloud-node' }, 300)] }) },
    });
    expect(screen.getByText(/cloud-node is offline/)).toBeInTheDocument();
    expect(fact('Known tasks').firstElementChild).toHaveAttribute('data-staleness', 'offline');
  });

  it('keeps two clusters apart', async () => {
    const of = (cluster: string) => head().map(({ labels, value }) => ({ labels: { ...labels, cluster }, value }));
    await open({ answers: { knowledgeBase: [...of('east'), ...of('west')] } });
    expect(screen.getAllByRole('heading', { level: 2 }).map(({ textContent }) => textContent)).toEqual([
      'east',
      'west',
    ]);
  });
});

describe('lost files', () => {
  const lost = (file: string, signs: number, last: number) => ({
    lost: [part('lost', { file }, signs)],
    lastLost: [part('lastLost', { file }, last)],
  });

  it('are told by their signs, with what they mean', async () => {
    await open({ answers: { knowledgeBase: head(lost('model', 3, NOW - 120)) } });
    const alert = screen.getByRole('alert', { name: 'The knowledge base shows signs of lost files' });
    expect(alert).toHaveTextContent('A model: a worker got the name of a file');
    expect(alert).toHaveTextContent(/signs in this time range: 3, the newest [23] minutes ago/);
    expect(alert).toHaveTextContent('KnowledgeBasePath');
  });

  it('of an earlier container are no alarm', async () => {
    await open({ answers: { knowledgeBase: head(lost('index', 1, NOW - 9000)) } });
    expect(screen.queryByRole('alert', { name: /shows signs of lost files/ })).not.toBeInTheDocument();
    expect(screen.getByText(/An earlier container/)).toBeInTheDocument();
  });

  it('are not ruled out where no log came in', async () => {
    await open({ answers: { knowledgeBase: head({ logs: [] }) } });
    expect(screen.getByText(/^Whether it lost files is not known/)).toBeInTheDocument();
    expect(screen.queryByText(/^No sign of a lost file/)).not.toBeInTheDocument();
  });

  it('leave no sign where logs came in', async () => {
    await open();
    expect(screen.getByText(/^No sign of a lost file/)).toBeInTheDocument();
  });
});

describe('tasks', () => {
  it('have attributes, group, model file, state, samples and the job that evaluated them', async () => {
    await open();
    const row = rowOf('Autumn_1.0');
    expect(row).toHaveTextContent(
      /^Autumn_1\.0\["Autumn_1\.0", 1\.0\]g-Autumn_1\.0g-Autumn_1\.0\.modellive600301[01] minutes agorobots\/dog precision_score 0\.9/
    );
    expect(within(row).getByRole('link', { name: 'robots/dog' })).toHaveAttribute(
      'href',
      `${APP}/resources/LifelongLearningJob/robots/dog?from=now-1h&to=now`
    );
    expect(rowOf('Winter_4.0')).toHaveTextContent('dropped');
  });

  it.each([
    ['superseded', { trained: NOW - 60 }, {}, 'live one superseded'],
    ['not deployed', {}, { deploy: 'Waiting' }, 'passed, not deployed'],
    ['written before the last restart', { trained: NOW - 9000 }, {}, 'may be lost'],
  ])('whose model is %s say so', async (_, of, judged, word) => {
    await open({ answers: { tasks: task('t', of), evaluations: evaluation('t', judged) } });
    expect(rowOf('t')).toHaveTextContent(word);
  });

  it('written before the restart are likely lost once a worker has missed a model', async () => {
    const signs = {
      lost: [part('lost', { file: 'model' }, 1)],
      lastLost: [part('lastLost', { file: 'model' }, NOW - 60)],
    };
    await open({
      answers: {
        knowledgeBase: head(signs),
        tasks: [...task('old', { trained: NOW - 9000 }), ...task('new')],
        evaluations: [],
      },
    });
    expect(rowOf('old')).toHaveTextContent('likely lost');
    expect(rowOf('new')).toHaveTextContent('not evaluated');
  });

  it('without attributes, group or evaluation are there, and that is not recorded', async () => {
    await open({ answers: { tasks: [part('samples', { task: 'bare' }, 5)], evaluations: [] } });
    expect(rowOf('bare').textContent?.match(/not recorded/g)).toHaveLength(6);
  });

  it('of 200 are paged, found by what is typed and sorted, all of it in the URL', async () => {
    const many = Array.from({ length: 200 }, (_, i) => task(`task-${i}`, { samples: i })).flat();
    const { page, prometheus } = await open({ answers: { tasks: many }, url: { sort: '-samples', page: '2' } });
    expect(rows()).toHaveLength(20);
    expect(rows()[0]).toHaveTextContent(/^task-179/);
    expect(screen.getByRole('status')).toHaveTextContent('200 of 200 tasks');
    const asked = prometheus.sent.length;
    await userEvent.type(screen.getByLabelText('Task'), 'TASK-19');
    await waitFor(() => expect(rows()).toHaveLength(11));
    expect(rows()[0]).toHaveTextContent(/^task-199/);
    expect(page.getUrlState()).toEqual({ tab: null, q: 'TASK-19' });
    expect(page.state.tasks.state.table.getUrlState()).toEqual({ sort: '-samples', page: null });
    expect(prometheus.sent).toHaveLength(asked);
  });

  it('take nothing from the URL that they do not know', async () => {
    const { page } = await open({ url: { sort: 'constructor', page: '-1', tab: 'toString' } });
    expect(page.getUrlState()).toEqual({ tab: null, q: null });
    expect(page.state.tasks.state.table.getUrlState()).toEqual({ sort: null, page: null });
    expect(rows()).toHaveLength(2);
  });

  it('may have any name', async () => {
    await open({ answers: { tasks: HOSTILE.flatMap((name) => task(name)), evaluations: evaluation(HOSTILE[0]) } });
    expect(rows()).toHaveLength(HOSTILE.length);
    for (const name of HOSTILE) {
      expect(rows().some((row) => row.firstElementChild?.textContent === name)).toBe(true);
    }
    expect(document.querySelector('img[src="x"]')).toBeNull();
  });

  it('that match nothing say how many there are', async () => {
    await open({ url: { q: 'nobody' } });
    expect(screen.getByText('There are 2 here: shorten what you typed.')).toBeInTheDocument();
  });

  it('say that there was no training where the knowledge base knows none', async () => {
    await open({ answers: { tasks: [], evaluations: [] } });
    expect(screen.getByText('It knows no task yet')).toBeInTheDocument();
  });
});

describe('what is missing', () => {
  const NO_EXPORTER = { up: [], seen: [], read: [], exporter: [], tasks: [], groups: [] };

  it('is everything: no knowledge base', async () => {
    await open({ answers: { knowledgeBase: [part('logs')] } });
    expect(screen.getByText('No knowledge base here')).toBeInTheDocument();
    expect(screen.queryByRole('tab')).not.toBeInTheDocument();
  });

  it('is the exporter: what that hides, how to get it, and the rest is shown', async () => {
    await open({ answers: { knowledgeBase: head(NO_EXPORTER), tasks: [] } });
    const alert = screen.getByRole('alert', { name: 'No exporter reads the knowledge base' });
    expect(alert).toHaveTextContent('nothing is known of tasks, attributes, groups');
    expect(alert).toHaveTextContent('Install the exporter');
    expect(fact('Node')).toHaveTextContent('cloud-node');
    expect(screen.getByText('Its tasks are not known')).toBeInTheDocument();
    await nextTab('Dropped tasks');
    expect(await screen.findByText('Winter_4.0')).toBeInTheDocument();
  });

  it('is the database of an exporter that runs', async () => {
    await open({ answers: { knowledgeBase: head({ ...NO_EXPORTER, exporter: [part('exporter')] }), tasks: [] } });
    expect(screen.getByRole('alert', { name: 'No exporter reads the knowledge base' })).toHaveTextContent(
      'set SEDNA_KNOWLEDGE_BASE'
    );
  });

  it('is an exporter that was there: since when, and what it told last stays, grey', async () => {
    const gone = { up: [], exporter: [], seen: [part('seen', {}, NOW - 1200)], read: [part('read', {}, NOW - 1200)] };
    await open({ answers: { knowledgeBase: head(gone) } });
    expect(screen.getByRole('alert', { name: 'No exporter reads the knowledge base' })).toHaveTextContent(
      /One last did so 2[01] minutes ago/
    );
    expect(rowOf('Autumn_1.0').querySelector('[data-staleness]')).toHaveAttribute('data-staleness', 'late');
  });

  it('is a part of the answer', async () => {
    await open({ change: { refused: { evaluations: 'query processing would load too many samples' } } });
    expect(screen.getByRole('alert', { name: 'How the tasks were evaluated could not be read' })).toBeInTheDocument();
    expect(rows()).toHaveLength(2);
  });

  it.each([
    ['is away', CONNECTION_REFUSED, 'does not answer'],
    ['may not be asked', PERMISSION_DENIED, 'You may not query'],
  ])('is Prometheus, which %s, and no knowledge base is denied', async (_, failure, words) => {
    await open({ change: { failure } });
    expect(screen.getByTestId('query-error')).toHaveTextContent(words);
    expect(screen.queryByText('No knowledge base here')).not.toBeInTheDocument();
  });

  it('is an answer that takes long, and is not waited for once the page is left', async () => {
    const { prometheus, unmount } = await open({ change: { failure: 'no answer yet' } });
    expect(screen.getByText('Loading...')).toBeInTheDocument();
    expect(screen.queryByText('No knowledge base here')).not.toBeInTheDocument();
    unmount();
    expect(prometheus.cancelled).toBe(1);
  });
});

describe('queries', () => {
  it('are three at opening, and each part asks once it is shown', async () => {
    const { prometheus } = await open();
    expect(prometheus.sent).toHaveLength(3);
    await nextTab('Relations');
    await waitFor(() => expect(prometheus.sent).toHaveLength(4));
    await nextTab('History');
    await waitFor(() => expect(prometheus.sent).toHaveLength(9));
    expect(new Set(prometheus.sent).size).toBe(9);
  });
});
