import React from 'react';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderInApp } from '../test/render';
import { RelativeTime } from './RelativeTime';

describe('RelativeTime', () => {
  it('shows the relative time, and the absolute time on hover', async () => {
    const seconds = Date.UTC(2026, 10, 23, 8, 41, 26) / 1000;
    jest.spyOn(Date, 'now').mockReturnValue((seconds + 3 * 3600) * 1000);
    renderInApp(<RelativeTime seconds={seconds} />);
    await userEvent.hover(screen.getByText('3 hours ago'));
    expect(await screen.findByText('2026-11-23 08:41:26 UTC+00:00')).toBeInTheDocument();
  });

  it.each([undefined, NaN, Infinity])('shows %s as not recorded', (seconds) => {
    renderInApp(<RelativeTime seconds={seconds} />);
    expect(screen.getByText('Not recorded')).toBeInTheDocument();
  });
});
