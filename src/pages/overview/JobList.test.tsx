import React from 'react';
import { screen, within } from '@testing-library/react';
import { renderInApp } from '../../test/render';
import { JobList } from './JobList';
import type { JobRow } from './rows';

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

describe('JobList', () => {
  it.each<[string, Partial<JobRow>]>([
    ['Stage failed', { condition: 'Failed', attention: { level: 'failing', rule: 'stage-failed' } }],
    [
      '3 worker pods failed in the last hour',
      { failedWorkers: 3, attention: { level: 'failing', rule: 'failing-loop' } },
    ],
    [
      'Container waiting: ImagePullBackOff',
      { waitingReason: 'ImagePullBackOff', attention: { level: 'stuck', rule: 'pod-pending' } },
    ],
    [
      '1 worker pod failed in the last hour',
      { failedWorkers: 1, attention: { level: 'failing', rule: 'failing-loop' } },
    ],
    ['No progress for longer than expected', { attention: { level: 'stuck', rule: 'no-progress' } }],
    ['Worker report lost', { attention: { level: 'stuck', rule: 'report-lost' } }],
  ])('gives the reason "%s"', (reason, row) => {
    renderInApp(<JobList jobs={[job(row)]} />);
    expect(screen.getByRole('listitem')).toHaveTextContent(`robots · ${reason}`);
    expect(screen.getByText('1 of 1 needs attention')).toBeInTheDocument();
  });

  it('says that no job needs attention when all are healthy', () => {
    renderInApp(<JobList jobs={[job(), job({ name: 'cat' })]} />);
    expect(screen.getByText('No failing or stuck jobs')).toBeInTheDocument();
    expect(screen.queryByText(/needs? attention/)).not.toBeInTheDocument();
  });

  it('shows the stage, condition, and age of a job and links to it', () => {
    renderInApp(<JobList jobs={[job(), job({ namespace: 'default', stage: '', condition: '', since: undefined })]} />);
    const [dog, other] = screen.getAllByRole('listitem');
    expect(dog).toHaveTextContent('Train · Running');
    expect(dog).toHaveTextContent('2 minutes ago');
    expect(within(dog).getByRole('link', { name: 'dog' })).toHaveAttribute(
      'href',
      '/a/kubeedge-sedna-app/resources/LifelongLearningJob/robots/dog'
    );
    expect(other).toHaveTextContent('No condition yet');
    expect(other).toHaveTextContent('Not recorded');
  });
});
