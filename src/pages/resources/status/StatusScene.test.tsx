import React from 'react';
import { screen, within } from '@testing-library/react';
import { findKind } from '../../../sedna/kinds';
import { CONNECTION_REFUSED, fakePrometheus, sample, startGrafana } from '../../../test/grafana';
import { renderInApp, renderPage } from '../../../test/render';
import { detailScene } from '../tabs';
import { StatusScene } from './StatusScene';
import { WorkersScene } from '../workers/WorkersScene';

const APP = '/a/kubeedge-sedna-app';
const dog = { namespace: 'robots', name: 'dog' };
const minutesAgo = (minutes: number) => Date.now() / 1000 - minutes * 60;

function open(scene: () => StatusScene | WorkersScene, prometheus = fakePrometheus()) {
  startGrafana({ dataSources: [prometheus] });
  renderPage(scene());
  return prometheus;
}
const fact = (name: string) => screen.getByText(name).closest('div');

describe('status', () => {
  it('of a job is its stage, condition and since when, with what it works on', async () => {
    const prometheus = fakePrometheus();
    prometheus.answers = {
      info: [sample({ ...dog, dataset: 'steps', output_dir: 's3://models/dog' })],
      condition: [sample({ ...dog, stage: 'Eval', condition: 'Starting' })],
      since: [sample(dog, minutesAgo(5))],
    };
    open(() => new StatusScene({ ref: { kind: 'LifelongLearningJob', ...dog } }), prometheus);
    expect(await screen.findByText('Eval · Starting')).toBeInTheDocument();
    expect(fact('Since')).toHaveTextContent('5 minutes ago');
    expect(fact('Dataset')).toHaveTextContent('steps');
    expect(fact('Output')).toHaveTextContent('s3://models/dog');
    expect(prometheus.requests).toEqual([
      {
        info: 'sedna_lifelonglearningjob_info{namespace="robots", name="dog"}',
        condition: 'sedna_lifelonglearningjob_condition{namespace="robots", name="dog"} == 1',
        since: 'sedna_lifelonglearningjob_last_transition_timestamp_seconds{namespace="robots", name="dog"}',
      },
    ]);
  });

  it('of a job leads to the logs of its pods and to its metrics', async () => {
    const prometheus = fakePrometheus();
    prometheus.answers = { info: [sample(dog)] };
    open(() => new StatusScene({ ref: { kind: 'LifelongLearningJob', ...dog } }), prometheus);
    expect(await screen.findByRole('link', { name: 'Logs' })).toHaveAttribute(
      'href',
      `${APP}/logs?namespace=robots&job=dog`
    );
    const metrics = new URL(screen.getByRole<HTMLAnchorElement>('link', { name: 'Metrics' }).href);
    expect(metrics.pathname).toBe(`${APP}/metrics`);
    expect(metrics.searchParams.get('namespace')).toBe('robots');
    expect(metrics.searchParams.get('name')).toBe('dog');
  });

  it('of a job that has none yet is not left out', async () => {
    const prometheus = fakePrometheus();
    prometheus.answers = { info: [sample(dog)] };
    open(() => new StatusScene({ ref: { kind: 'LifelongLearningJob', ...dog } }), prometheus);
    expect(await screen.findByText('no condition yet')).toBeInTheDocument();
    expect(fact('Since')).toHaveTextContent('not recorded');
  });

  it('of a dataset is its samples, its address and its last report', async () => {
    const prometheus = fakePrometheus();
    prometheus.answers = {
      info: [sample({ ...dog, url: '/data/dog.csv', format: 'csv', node: 'edge-1' })],
      samples: [sample(dog, 320)],
      since: [sample(dog, minutesAgo(60))],
    };
    open(() => new StatusScene({ ref: { kind: 'Dataset', ...dog } }), prometheus);
    expect(await screen.findByText('Samples')).toBeInTheDocument();
    expect(fact('Samples')).toHaveTextContent('320');
    expect(fact('URL')).toHaveTextContent('/data/dog.csv');
    expect(fact('Node')).toHaveTextContent('edge-1');
    expect(fact('Last report')).toHaveTextContent('an hour ago');
    expect(screen.queryByText('no condition yet')).not.toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Logs' })).toHaveAttribute('href', `${APP}/logs?namespace=robots`);
  });

  it('of an object that is not there says so', async () => {
    open(() => new StatusScene({ ref: { kind: 'LifelongLearningJob', ...dog } }));
    expect(await screen.findByText('dog is not known now')).toBeInTheDocument();
    expect(screen.getByText(/No LifelongLearningJob of this name is in the namespace robots/)).toBeInTheDocument();
  });

  it('that cannot be asked for is not called unknown', async () => {
    const prometheus = fakePrometheus();
    prometheus.failure = CONNECTION_REFUSED;
    open(() => new StatusScene({ ref: { kind: 'LifelongLearningJob', ...dog } }), prometheus);
    expect(await screen.findByTestId('query-error')).toHaveTextContent('does not answer');
    expect(screen.queryByText('dog is not known now')).not.toBeInTheDocument();
  });
});

describe('worker pods', () => {
  const workers = () => new WorkersScene({ ref: { kind: 'LifelongLearningJob', ...dog } });
  const pod = (name: string, type: string, phase: string) =>
    sample({ namespace: 'robots', pod: name, worker_type: type, node: 'edge-1', phase });

  it('stand newest first, those that did not start yet before them, and lead to their logs', async () => {
    const prometheus = fakePrometheus();
    prometheus.answers = {
      phase: [
        pod('dog-train-a', 'train', 'Succeeded'),
        pod('dog-eval-b', 'eval', 'Failed'),
        pod('dog-eval-c', 'eval', 'Pending'),
      ],
      start: [
        sample({ namespace: 'robots', pod: 'dog-train-a' }, minutesAgo(60)),
        sample({ namespace: 'robots', pod: 'dog-eval-b' }, minutesAgo(10)),
      ],
    };
    open(workers, prometheus);
    const rows = within(await screen.findByRole('table'))
      .getAllByRole('row')
      .slice(1);
    expect(rows.map(({ textContent }) => textContent)).toEqual([
      'dog-eval-cevaledge-1Pendingnot recorded',
      'dog-eval-bevaledge-1Failed10 minutes ago',
      'dog-train-atrainedge-1Succeededan hour ago',
    ]);
    expect(screen.getByRole('link', { name: 'dog-eval-b' })).toHaveAttribute(
      'href',
      `${APP}/logs?namespace=robots&pod=dog-eval-b`
    );
  });

  it('that are none are not an error', async () => {
    open(workers);
    expect(await screen.findByText('No worker pod of this object is known.')).toBeInTheDocument();
  });

  it('that cannot be asked for are not called none', async () => {
    const prometheus = fakePrometheus();
    prometheus.failure = { each: { message: 'context deadline exceeded', status: 504 } };
    open(workers, prometheus);
    expect(await screen.findByTestId('query-error')).toHaveTextContent('took too long');
    expect(screen.queryByText('No worker pod of this object is known.')).not.toBeInTheDocument();
  });
});

describe('an address', () => {
  it('of no kind of Sedna leads back to the list', () => {
    const prometheus = fakePrometheus();
    startGrafana({ dataSources: [prometheus] });
    const scene = detailScene(findKind('Job'), { kindName: 'Job', ...dog });
    renderInApp(<scene.Component model={scene} />);
    expect(screen.getByText('Sedna has no kind called Job')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'To all resources' })).toHaveAttribute('href', `${APP}/resources`);
    expect(prometheus.requests).toEqual([]);
  });
});
