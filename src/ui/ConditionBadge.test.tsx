import React from 'react';
import { screen } from '@testing-library/react';
import { renderInApp } from '../test/render';
import { ConditionBadge } from './ConditionBadge';
import { getConditionColor } from './format/getConditionColor';

describe('ConditionBadge', () => {
  it.each([
    ['Train', 'Running', 'Train · Running'],
    [undefined, 'Training', 'Training'],
    ['', 'Failed', 'Failed'],
    ['Train', '', 'No condition yet'],
  ])('shows stage %p and condition %p as "%s"', (stage, condition, text) => {
    renderInApp(<ConditionBadge stage={stage} condition={condition} />);
    expect(screen.getByText(text)).toBeInTheDocument();
  });

  it('shows only failures in red', () => {
    const conditions = ['Waiting', 'Ready', 'Starting', 'Running', 'Completed', 'Failed', 'Of a later Sedna'];
    expect(conditions.filter((condition) => getConditionColor(condition) === 'red')).toEqual(['Failed']);
  });
});
