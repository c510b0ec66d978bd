import React from 'react';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderInApp } from '../test/render';
import { TimeAgoText } from './TimeAgoText';

describe('TimeAgoText', () => {
  it('inserts the relative time and shows the absolute time with its zone on hover', async () => {
    const seconds = Date.UTC(2026, 10, 23, 8, 41, 26) / 1000;
    jest.spyOn(Date, 'now').mockReturnValue((seconds + 600) * 1000);
    renderInApp(<TimeAgoText seconds={seconds}>{(ago) => `Data from ${ago}.`}</TimeAgoText>);
    await userEvent.hover(screen.getByText('Data from 10 minutes ago.'));
    expect(await screen.findByText('2026-11-23 08:41:26 UTC+00:00')).toBeInTheDocument();
  });
});
