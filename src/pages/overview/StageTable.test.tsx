import React from 'react';
import { screen } from '@testing-library/react';
import { renderInApp } from '../../test/render';
import type { JobRow } from './rows';
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

describe('StageTable', () => {
  it('counts jobs by stage and condition and leaves out jobs without a condition', () => {
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
});
