/** Opens the Knowledge base page in a Grafana of the tests, and creates responses about a knowledge base. */
import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { SUBQUERY_LABEL } from '../../query/resourceDetail';
import { fakePrometheus, createSample, mockGrafana, type FakeDataSource, type Sample } from '../../test/mockGrafana';
import { renderPage } from '../../test/render';
import { KnowledgeBaseScene } from './KnowledgeBaseScene';

export const APP = '/a/kubeedge-sedna-app';

/** Current Unix time in whole seconds. */
export const NOW = Math.floor(Date.now() / 1000);

/** Creates a row of a subquery. */
export const createRow = (subquery: string, labels: Record<string, string> = {}, value = 1) =>
  createSample({ [SUBQUERY_LABEL]: subquery, ...labels }, value);

/**
 * Creates the response about a knowledge base that runs, is read, and lost no files.
 * @param change rows to replace, by subquery
 */
export const createSummary = (change: Record<string, readonly Sample[]> = {}): Sample[] =>
  Object.values({
    info: [createRow('info', { ip: '10.96.0.7', pod: 'kb-1', node: 'cloud-node', node_type: 'cloud' })],
    phase: [createRow('phase', { pod: 'kb-1', phase: 'Running' })],
    started: [createRow('started', { pod: 'kb-1' }, NOW - 7200)],
    up: [createRow('up')],
    seen: [createRow('seen', {}, NOW - 5)],
    read: [createRow('read', {}, NOW - 5)],
    exporter: [createRow('exporter')],
    tasks: [createRow('tasks', {}, 2)],
    groups: [createRow('groups', {}, 1)],
    logs: [createRow('logs')],
    ...change,
  }).flat();

/** Creates the rows of a task in one group with one model, trained ten minutes ago. */
export const createTask = (
  name: string,
  { group = `g-${name}`, samples = 600, trained = NOW - 600 } = {}
): Sample[] => [
  createRow('task', { task: name, attributes: `["${name}", 1.0]` }),
  createRow('samples', { task: name }, samples),
  createRow('lastRound', { task: name }, 30),
  createRow('updated', { task: name }, trained),
  createRow('relation', { task: name, group }, 0.5),
  createRow('model', { group, url: `http://kb.sedna:9020/knowledgebase/file/download?files=${group}.model&name=x` }),
];

/** Creates the rows of an evaluation by the job robots/dog, five minutes ago by default. */
export const createEvaluation = (
  name: string,
  { passed = true, score = 0.9, began = NOW - 300, deploy = 'Ok', job = 'dog' } = {}
): Sample[] => {
  const labels = { kind: 'LifelongLearningJob', namespace: 'robots', name: job };
  const pod = `${job}-eval-a`;
  return [
    createRow('deployable', { ...labels, task: name, pod }, Number(passed)),
    createRow('score', { ...labels, task: name, pod, metric: 'precision_score' }, score),
    createRow('began', { ...labels, pod }, began),
    createRow('deploy', { ...labels, status: deploy }),
  ];
};

/** Names that users and attackers give. */
export const HOSTILE_NAMES = [
  'a"} or up{',
  '<img src=x onerror=alert(1)>',
  'x'.repeat(200),
  '${__from} [[y]]',
  '../../etc',
  '猫\n😀',
];

interface Options {
  url?: Record<string, string>;
  /** Responses to replace, by refId. */
  responses?: Record<string, readonly Sample[]>;
  /** Fields of the Prometheus to replace. */
  change?: Partial<FakeDataSource>;
  loki?: FakeDataSource;
}

export async function openKnowledgeBase({ url = {}, responses = {}, change = {}, loki }: Options = {}) {
  const prometheus = Object.assign(fakePrometheus(), change);
  Object.assign(prometheus.answers, {
    knowledgeBase: createSummary(),
    tasks: [...createTask('Autumn_1.0'), ...createTask('Winter_4.0')],
    evaluations: [...createEvaluation('Autumn_1.0'), ...createEvaluation('Winter_4.0', { passed: false, score: 0.4 })],
    relations: [...createTask('Autumn_1.0'), ...createTask('Winter_4.0')],
    ...responses,
  });
  mockGrafana({ dataSources: [prometheus, ...(loki ? [loki] : [])] });
  const page = new KnowledgeBaseScene();
  [page, page.state.tasks.state.table, page.state.relations].forEach((each) => each.updateFromUrl(url));
  const { unmount } = renderPage(page);
  await act(async () => {});
  return { prometheus, page, unmount };
}

export const openTab = (name: string) => userEvent.click(screen.getByRole('tab', { name }));
