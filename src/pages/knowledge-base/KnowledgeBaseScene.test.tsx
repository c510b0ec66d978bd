import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describeQueryError } from '../../data/errors/describeQueryError';
import { CONNECTION_REFUSED, PERMISSION_DENIED } from '../../test/mockGrafana';
import {
  APP,
  createEvaluation,
  createRow,
  createSummary,
  createTask,
  HOSTILE_NAMES,
  NOW,
  openKnowledgeBase,
  openTab,
} from './testUtils';
import { TEST_IDS } from '../../ui/testIds';

const getItem = (name: string) =>
  within(screen.getByTestId(TEST_IDS.knowledgeBase.summary)).getByText(name, { selector: 'dt *' }).closest('dt')!
    .nextElementSibling!;
const getRows = () => within(screen.getByTestId(TEST_IDS.knowledgeBase.tasks)).getAllByRole('row').slice(1);
const getRow = (name: string) => getRows().find((row) => row.textContent?.startsWith(name))!;

describe('KnowledgeBaseSummary', () => {
  it('shows where the knowledge base runs, its status, and when it started', async () => {
    await openKnowledgeBase();
    expect(getItem('Status')).toHaveTextContent('Up: pod is running, database is readable');
    expect(getItem('Node')).toHaveTextContent('cloud-node');
    expect(getItem('Node type')).toHaveTextContent('cloud');
    expect(getItem('Service IP')).toHaveTextContent('10.96.0.7');
    expect(getItem('Started')).toHaveTextContent('2 hours ago');
    expect(getItem('Last database read')).toHaveTextContent('a few seconds ago');
    expect(getItem('Known tasks')).toHaveTextContent('2');
    expect(screen.getByRole('link', { name: 'kb-1' })).toHaveAttribute('href', `${APP}/logs?namespace=sedna&pod=kb-1`);
  });

  it('marks unknown values as not recorded', async () => {
    await openKnowledgeBase({
      responses: { knowledgeBase: createSummary({ info: [createRow('info', { ip: '10.96.0.7' })], started: [] }) },
    });
    expect(getItem('Node')).toHaveTextContent(/not recorded/i);
    expect(getItem('Node type')).toHaveTextContent(/not recorded/i);
    expect(getItem('Started')).toHaveTextContent(/not recorded/i);
  });

  it('shows the knowledge base as down when its pod is not running', async () => {
    await openKnowledgeBase({
      responses: { knowledgeBase: createSummary({ phase: [createRow('phase', { pod: 'kb-1', phase: 'Pending' })] }) },
    });
    expect(getItem('Status')).toHaveTextContent('Down: pod is Pending');
  });

  it('dims the last content when the exporter cannot read the database', async () => {
    await openKnowledgeBase({
      responses: {
        knowledgeBase: createSummary({ up: [createRow('up', {}, 0)], read: [createRow('read', {}, NOW - 1800)] }),
      },
    });
    expect(getItem('Status')).toHaveTextContent("Database can't be read");
    expect(screen.getByRole('alert', { name: "The exporter can't read the database" })).toBeInTheDocument();
    expect(getItem('Known tasks').firstElementChild).toHaveAttribute('data-staleness', 'stale');
    expect(getRow('Autumn_1.0').querySelector('[data-staleness]')).toHaveAttribute('data-staleness', 'stale');
  });

  it('dims the content when the node is offline', async () => {
    await openKnowledgeBase({
      responses: { knowledgeBase: createSummary({ silent: [createRow('silent', { node: 'cloud-node' }, 300)] }) },
    });
    expect(screen.getByText(/cloud-node is offline/)).toBeInTheDocument();
    expect(getItem('Known tasks').firstElementChild).toHaveAttribute('data-staleness', 'offline');
  });

  it('shows a summary for each cluster', async () => {
    const createCluster = (cluster: string) =>
      createSummary().map(({ labels, value }) => ({ labels: { ...labels, cluster }, value }));
    await openKnowledgeBase({ responses: { knowledgeBase: [...createCluster('east'), ...createCluster('west')] } });
    expect(screen.getAllByRole('heading', { level: 2 }).map(({ textContent }) => textContent)).toEqual([
      'east',
      'west',
    ]);
  });
});

describe('LostFilesAlert', () => {
  const createLostFiles = (file: string, errors: number, last: number) => ({
    lost: [createRow('lost', { file }, errors)],
    lastLost: [createRow('lastLost', { file }, last)],
  });

  it('shows the number of errors, the last one, and what to do', async () => {
    await openKnowledgeBase({ responses: { knowledgeBase: createSummary(createLostFiles('model', 3, NOW - 120)) } });
    const alert = screen.getByRole('alert', { name: 'Knowledge base files may be lost' });
    expect(alert).toHaveTextContent('Models: 3 failed downloads in workers (KeyError: 34)');
    expect(alert).toHaveTextContent(/last [23] minutes ago/);
    expect(alert).toHaveTextContent('KnowledgeBasePath');
  });

  it('shows no error for files lost before the restart', async () => {
    await openKnowledgeBase({ responses: { knowledgeBase: createSummary(createLostFiles('index', 1, NOW - 9000)) } });
    expect(screen.queryByRole('alert', { name: 'Knowledge base files may be lost' })).not.toBeInTheDocument();
    expect(screen.getByText('Files may have been lost before the knowledge base restarted')).toBeInTheDocument();
  });

  it('does not rule out lost files without worker logs', async () => {
    await openKnowledgeBase({ responses: { knowledgeBase: createSummary({ logs: [] }) } });
    expect(screen.getByText(/^Lost files: unknown/)).toBeInTheDocument();
    expect(screen.queryByText(/^No signs of lost files/)).not.toBeInTheDocument();
  });

  it('rules out signs of lost files when there are worker logs', async () => {
    await openKnowledgeBase();
    expect(screen.getByText(/^No signs of lost files/)).toBeInTheDocument();
  });
});

describe('TasksScene', () => {
  it('shows attributes, group, model file, state, samples, and the job that evaluated the task', async () => {
    await openKnowledgeBase();
    const row = getRow('Autumn_1.0');
    expect(row).toHaveTextContent(
      /^Autumn_1\.0\["Autumn_1\.0", 1\.0\]g-Autumn_1\.0g-Autumn_1\.0\.modelLive600301[01] minutes agorobots\/dog precision_score 0\.9/
    );
    expect(within(row).getByRole('link', { name: 'robots/dog' })).toHaveAttribute(
      'href',
      `${APP}/resources/LifelongLearningJob/robots/dog?from=now-1h&to=now`
    );
    expect(getRow('Winter_4.0')).toHaveTextContent('Dropped');
  });

  it.each([
    ['trained again', { trained: NOW - 60 }, {}, 'Superseded'],
    ['not deployed', {}, { deploy: 'Waiting' }, 'Passed, not deployed'],
    ['written before the last restart', { trained: NOW - 9000 }, {}, 'At risk'],
  ])('shows the state of a model that is %s', async (_, changes, evaluationChanges, text) => {
    await openKnowledgeBase({
      responses: { tasks: createTask('t', changes), evaluations: createEvaluation('t', evaluationChanges) },
    });
    expect(getRow('t')).toHaveTextContent(text);
  });

  it('marks a model from before the restart as lost once a worker has missed a model', async () => {
    const lostFiles = {
      lost: [createRow('lost', { file: 'model' }, 1)],
      lastLost: [createRow('lastLost', { file: 'model' }, NOW - 60)],
    };
    await openKnowledgeBase({
      responses: {
        knowledgeBase: createSummary(lostFiles),
        tasks: [...createTask('old', { trained: NOW - 9000 }), ...createTask('new')],
        evaluations: [],
      },
    });
    expect(getRow('old')).toHaveTextContent('Likely lost');
    expect(getRow('new')).toHaveTextContent('Not evaluated');
  });

  it('shows a task without attributes, group, and evaluation', async () => {
    await openKnowledgeBase({ responses: { tasks: [createRow('samples', { task: 'bare' }, 5)], evaluations: [] } });
    expect(getRow('bare').textContent?.match(/not recorded/gi)).toHaveLength(6);
  });

  it('pages, filters, and sorts 200 tasks, and keeps that in the URL', async () => {
    const many = Array.from({ length: 200 }, (_, i) => createTask(`task-${i}`, { samples: i })).flat();
    const { page, prometheus } = await openKnowledgeBase({
      responses: { tasks: many },
      url: { sort: '-samples', page: '2' },
    });
    expect(getRows()).toHaveLength(20);
    expect(getRows()[0]).toHaveTextContent(/^task-179/);
    expect(screen.getByRole('status')).toHaveTextContent('200 of 200 tasks');
    const sentCount = prometheus.sent.length;
    await userEvent.type(screen.getByLabelText('Task'), 'TASK-19');
    await waitFor(() => expect(getRows()).toHaveLength(11));
    expect(getRows()[0]).toHaveTextContent(/^task-199/);
    expect(page.getUrlState()).toEqual({ tab: null, q: 'TASK-19' });
    expect(page.state.tasks.state.table.getUrlState()).toEqual({ sort: '-samples', page: null });
    expect(prometheus.sent).toHaveLength(sentCount);
  });

  it('ignores unknown values in the URL', async () => {
    const { page } = await openKnowledgeBase({ url: { sort: 'constructor', page: '-1', tab: 'toString' } });
    expect(page.getUrlState()).toEqual({ tab: null, q: null });
    expect(page.state.tasks.state.table.getUrlState()).toEqual({ sort: null, page: null });
    expect(getRows()).toHaveLength(2);
  });

  it('shows a task with any name', async () => {
    await openKnowledgeBase({
      responses: {
        tasks: HOSTILE_NAMES.flatMap((name) => createTask(name)),
        evaluations: createEvaluation(HOSTILE_NAMES[0]),
      },
    });
    expect(getRows()).toHaveLength(HOSTILE_NAMES.length);
    for (const name of HOSTILE_NAMES) {
      expect(getRows().some((row) => row.firstElementChild?.textContent === name)).toBe(true);
    }
    expect(document.querySelector('img[src="x"]')).toBeNull();
  });

  it('offers to clear a search without matches', async () => {
    await openKnowledgeBase({ url: { q: 'nobody' } });
    expect(screen.getByText('Clear the search to see all 2 tasks')).toBeInTheDocument();
  });

  it('shows an empty state before the first training', async () => {
    await openKnowledgeBase({ responses: { tasks: [], evaluations: [] } });
    expect(screen.getByText('No tasks yet')).toBeInTheDocument();
  });
});

describe('KnowledgeBaseScene', () => {
  const NO_EXPORTER = { up: [], seen: [], read: [], exporter: [], tasks: [], groups: [] };

  it('shows an empty state without a knowledge base', async () => {
    await openKnowledgeBase({ responses: { knowledgeBase: [createRow('logs')] } });
    expect(screen.getByText('No knowledge base found')).toBeInTheDocument();
    expect(screen.queryByRole('tab')).not.toBeInTheDocument();
  });

  it('shows the rest of the page without an exporter, and how to install it', async () => {
    await openKnowledgeBase({ responses: { knowledgeBase: createSummary(NO_EXPORTER), tasks: [] } });
    const alert = screen.getByRole('alert', { name: 'No exporter reads the knowledge base' });
    expect(alert).toHaveTextContent('Tasks, attributes, groups, models, and samples are unavailable');
    expect(alert).toHaveTextContent('Install the exporter');
    expect(getItem('Node')).toHaveTextContent('cloud-node');
    expect(screen.getByText('Tasks are unavailable')).toBeInTheDocument();
    await openTab('Dropped tasks');
    expect(await screen.findByText('Winter_4.0')).toBeInTheDocument();
  });

  it('explains how to add the database to an exporter that runs', async () => {
    await openKnowledgeBase({
      responses: { knowledgeBase: createSummary({ ...NO_EXPORTER, exporter: [createRow('exporter')] }), tasks: [] },
    });
    expect(screen.getByRole('alert', { name: 'No exporter reads the knowledge base' })).toHaveTextContent(
      'Set SEDNA_KNOWLEDGE_BASE'
    );
  });

  it('dims the last content of an exporter that is gone, with the time of the last read', async () => {
    const gone = {
      up: [],
      exporter: [],
      seen: [createRow('seen', {}, NOW - 1200)],
      read: [createRow('read', {}, NOW - 1200)],
    };
    await openKnowledgeBase({ responses: { knowledgeBase: createSummary(gone) } });
    expect(screen.getByRole('alert', { name: 'No exporter reads the knowledge base' })).toHaveTextContent(
      /Last read 2[01] minutes ago/
    );
    expect(getRow('Autumn_1.0').querySelector('[data-staleness]')).toHaveAttribute('data-staleness', 'stale');
  });

  it('shows the tasks when their evaluations fail to load', async () => {
    await openKnowledgeBase({ change: { refused: { evaluations: 'query processing would load too many samples' } } });
    expect(screen.getByRole('alert', { name: "Evaluations couldn't be loaded" })).toBeInTheDocument();
    expect(getRows()).toHaveLength(2);
  });

  it.each([
    ['is unreachable', CONNECTION_REFUSED, { message: 'connection refused' }],
    ['denies access', PERMISSION_DENIED, { status: 403 }],
  ])('shows an error instead of an empty state when Prometheus %s', async (_, failure, error) => {
    await openKnowledgeBase({ change: { failure } });
    expect(screen.getByTestId(TEST_IDS.queryError)).toHaveTextContent(
      describeQueryError(error, 'Prometheus & co').title
    );
    expect(screen.queryByText('No knowledge base found')).not.toBeInTheDocument();
  });

  it('shows that it is loading and cancels the request when the user leaves the page', async () => {
    const { prometheus, unmount } = await openKnowledgeBase({ change: { failure: 'no answer yet' } });
    expect(screen.getByText('Loading...')).toBeInTheDocument();
    expect(screen.queryByText('No knowledge base found')).not.toBeInTheDocument();
    unmount();
    expect(prometheus.cancelled).toBe(1);
  });

  it('sends three queries when the page opens, and those of a tab when it is first shown', async () => {
    const { prometheus } = await openKnowledgeBase();
    expect(prometheus.sent).toHaveLength(3);
    await openTab('Relations');
    await waitFor(() => expect(prometheus.sent).toHaveLength(4));
    await openTab('History');
    await waitFor(() => expect(prometheus.sent).toHaveLength(9));
    expect(new Set(prometheus.sent).size).toBe(9);
  });
});
