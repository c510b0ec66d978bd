import { screen } from '@testing-library/react';
import React from 'react';
import { renderInApp } from '../test/render';
import { QueryText, parseTokens } from './QueryText';

describe('QueryText', () => {
  it.each([
    'sum by (a) (rate(x{a="b\\"} or (", c=~".*"}[5m] offset 1d)) and topk(50, x @ end())',
    '{__name__="a b", x="$__range"}',
    'sedna:task_score',
    '',
    '"never closed',
  ])('keeps every character of %j', (query) =>
    expect(
      parseTokens(query)
        .map(({ text }) => text)
        .join('')
    ).toBe(query)
  );

  it('finds the kinds of tokens', () =>
    expect(parseTokens('sum by (a) (rate(x{a="by"}[5m]))').filter(({ part }) => part)).toEqual([
      { part: 'call', text: 'sum' },
      { part: 'keyword', text: 'by' },
      { part: 'call', text: 'rate' },
      { part: 'text', text: '"by"' },
      { part: 'number', text: '[5m]' },
    ]));

  it('shows the whole query with its label', () => {
    renderInApp(<QueryText query="rate(x[5m])" label="PromQL" />);
    expect(screen.getByLabelText('PromQL')).toHaveTextContent('rate(x[5m])');
  });
});
