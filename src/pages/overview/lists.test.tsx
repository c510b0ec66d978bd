import React from 'react';
import { screen, within } from '@testing-library/react';
import { renderInApp } from '../../test/render';
import { AttentionList } from './AttentionList';
import type { JobRow } from './model';
import { NodeList } from './NodeList';
import { StageTable } from './StageTable';

const job = (row: Partial<JobRow> = {}): JobRow => ({
  namespace: 'robots',
  name: 'dog',
  stage: 'Train',
  condition: 'Running',
  since: Date.now() / 1000 - 120,
  failedWorkers: 0,
  attention: { level: 'none' },
  ...row,
});

describe('jobs', () => {
  it.each<[string, Partial<JobRow>]>([
    ['The stage failed', { condition: 'Failed', attention: { level: 'failing', reason: 'failed' } }],
    [
      '3 worker pods failed within an hour',
      { failedWorkers: 3, attention: { level: 'failing', reason: 'failed-repeatedly' } },
    ],
    [
      'Worker container waits: ImagePullBackOff',
      { waitingReason: 'ImagePullBackOff', attention: { level: 'stuck', reason: 'container-waiting' } },
    ],
    ['Longer in this condition than a healthy job', { attention: { level: 'stuck', reason: 'no-progress' } }],
  ])('say "%s"', (reason, row) => {
    renderInApp(<AttentionList jobs={[job(row)]} />);
    expect(screen.getByRole('listitem')).toHaveTextContent(`robots · ${reason}`);
    expect(screen.getByText('1 of 1 need you')).toBeInTheDocument();
  });

  it('say that all is well', () => {
    renderInApp(<AttentionList jobs={[job(), job({ name: 'cat' })]} />);
    expect(screen.getByText('Nothing failing or stuck')).toBeInTheDocument();
    expect(screen.queryByText(/need you/)).not.toBeInTheDocument();
  });

  it('show stage, condition and age, and lead to the job', () => {
    renderInApp(
      <AttentionList jobs={[job(), job({ namespace: 'default', stage: '', condition: '', since: undefined })]} />
    );
    const [dog, other] = screen.getAllByRole('listitem');
    expect(dog).toHaveTextContent('Train · Running');
    expect(dog).toHaveTextContent('2 minutes ago');
    expect(within(dog).getByRole('link', { name: 'dog' })).toHaveAttribute(
      'href',
      '/a/kubeedge-sedna-app/resources/LifelongLearningJob/robots/dog'
    );
    expect(other).toHaveTextContent('no condition yet');
    expect(other).toHaveTextContent('not recorded');
  });
});

describe('nodes', () => {
  const NOTE = /may be offline/;
  const nodes = [
    { node: 'edge-1', roles: ['agent', 'edge'], age: 7200, stale: true },
    { node: 'edge-2', roles: [], stale: true },
    { node: 'cloud', roles: ['master'], age: 3, stale: false },
  ];

  it('say when they were last heard of', () => {
    renderInApp(<NodeList nodes={nodes} components={[]} />);
    const [silent, unknown, alive] = screen.getAllByRole('listitem');
    expect(silent).toHaveTextContent(/edge-1 agent, edge.*silent for 2 hours/);
    expect(unknown).toHaveTextContent(/edge-2.*no sign of life recorded/);
    expect(alive).toHaveTextContent(/cloud master.*seen 3 s ago/);
    expect(screen.getByText(NOTE)).toBeInTheDocument();
  });

  it('that are all alive need no warning of old data', () => {
    renderInApp(<NodeList nodes={[nodes[2]]} components={[]} />);
    expect(screen.queryByText(NOTE)).not.toBeInTheDocument();
  });

  it('stand above the components of Sedna, which lead to their logs', () => {
    renderInApp(<NodeList nodes={[]} components={[{ pod: 'gm-0', phase: 'Pending' }]} />);
    expect(screen.getByRole('listitem')).toHaveTextContent('Pending');
    expect(screen.getByRole('link', { name: 'gm-0' })).toHaveAttribute(
      'href',
      '/a/kubeedge-sedna-app/logs?namespace=sedna&pod=gm-0'
    );
  });

  it('say that no component is known', () => {
    renderInApp(<NodeList nodes={[]} components={[]} />);
    expect(screen.getByText('None is known in the namespace sedna.')).toBeInTheDocument();
  });
});

it('counts jobs by stage and condition', () => {
  renderInApp(
    <StageTable
      jobs={[
        job(),
        job({ name: 'cat' }),
        job({ stage: 'Deploy', condition: 'Failed' }),
        job({ stage: '', condition: '' }),
      ]}
    />
  );
  const table = screen.getAllByRole('row').map((row) => [...row.children].map(({ textContent }) => textContent));
  expect(table).toEqual([
    ['Stage', 'Waiting', 'Ready', 'Starting', 'Running', 'Completed', 'Failed'],
    ['Train', '0', '0', '0', '2', '0', '0'],
    ['Eval', '0', '0', '0', '0', '0', '0'],
    ['Deploy', '0', '0', '0', '0', '0', '1'],
  ]);
});
