/** The page for tests, and answers about a knowledge base. */
import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { fakePrometheus, createSample, mockGrafana, type FakeDataSource, type Sample } from '../../test/mockGrafana';
import { renderPage } from '../../test/render';
import { KnowledgeBaseScene } from './KnowledgeBaseScene';

export const APP = '/a/kubeedge-sedna-app';

/** Now, in whole seconds of Unix time. */
export const NOW = Math.floor(Date.now() / 1000);

export const part = (name: string, labels: Record<string, string> = {}, value = 1) =>
  createSample({ part: name, ...labels }, value);

/** One that runs and is read, without a sign of trouble. */
export const head = (change: Record<string, readonly Sample[]> = {}): Sample[] =>
  Object.values({
    info: [part('info', { ip: '10.96.0.7', pod: 'kb-1', node: 'cloud-node', node_type: 'cloud' })],
    phase: [part('phase', { pod: 'kb-1', phase: 'Running' })],
    started: [part('started', { pod: 'kb-1' }, NOW - 7200)],
    up: [part('up')],
    seen: [part('seen', {}, NOW - 5)],
    read: [part('read', {}, NOW - 5)],
    exporter: [part('exporter')],
    tasks: [part('tasks', {}, 2)],
    groups: [part('groups', {}, 1)],
    logs: [part('logs')],
    ...change,
  }).flat();

/** A task of one group with one model, trained ten minutes ago. */
export const task = (name: string, { group = `g-${name}`, samples = 600, trained = NOW - 600 } = {}): Sample[] => [
  part('task', { task: name, attributes: `["${name}", 1.0]` }),
  part('samples', { task: name }, samples),
  part('lastRound', { task: name }, 30),
  part('updated', { task: name }, trained),
  part('relation', { task: name, group }, 0.5),
  part('model', { group, url: `http://kb.sedna:9020/knowledgebase/file/download?files=${group}.model&name=x` }),
];

/** How the job robots/dog evaluated a task, five minutes ago unless told. */
export const evaluation = (
  name: string,
  { passed = true, score = 0.9, began = NOW - 300, deploy = 'Ok', job = 'dog' } = {}
): Sample[] => {
  const of = { kind: 'LifelongLearningJob', namespace: 'robots', name: job };
  const pod = `${job}-eval-a`;
  return [
    part('deployable', { ...of, task: name, pod }, Number(passed)),
    part('score', { ...of, task: name, pod, metric: 'precision_score' }, score),
    part('began', { ...of, pod }, began),
    part('deploy', { ...of, status: deploy }),
  ];
};

/** Names that people and attackers give. */
export const HOSTILE = [
  'a"} or up{',
  '<img src=x onerror=alert(1)>',
  'x'.repeat(200),
  '${__from} [[y]]',
  '../../etc',
  '猫\n😀',
];

interface Options {
  url?: Record<string, string>;
  answers?: Record<string, readonly Sample[]>;
  change?: Partial<FakeDataSource>;
  loki?: FakeDataSource;
}

/** Opens the page with an address, answers that differ from the usual ones, and a Prometheus that differs. */
export async function open({ url = {}, answers = {}, change = {}, loki }: Options = {}) {
  const prometheus = Object.assign(fakePrometheus(), change);
  Object.assign(prometheus.answers, {
    knowledgeBase: head(),
    tasks: [...task('Autumn_1.0'), ...task('Winter_4.0')],
    evaluations: [...evaluation('Autumn_1.0'), ...evaluation('Winter_4.0', { passed: false, score: 0.4 })],
    relations: [...task('Autumn_1.0'), ...task('Winter_4.0')],
    ...answers,
  });
  mockGrafana({ dataSources: [prometheus, ...(loki ? [loki] : [])] });
  const page = new KnowledgeBaseScene();
  [page, page.state.tasks.state.table, page.state.relations].forEach((each) => each.updateFromUrl(url));
  const { unmount } = renderPage(page);
  await act(async () => {});
  return { prometheus, page, unmount };
}

export const nextTab = (name: string) => userEvent.click(screen.getByRole('tab', { name }));
