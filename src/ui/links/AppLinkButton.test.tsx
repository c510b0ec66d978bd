import React from 'react';
import { screen } from '@testing-library/react';
import { locationUtil } from '@grafana/data';
import { renderInApp } from '../../test/render';
import { AppLinkButton } from './AppLinkButton';

const serveFrom = (appSubUrl: string) =>
  locationUtil.initialize({
    config: { appSubUrl } as never,
    getTimeRangeForUrl: () => ({}) as never,
    getVariablesUrlParams: () => ({}),
  });

describe('AppLinkButton', () => {
  afterEach(() => serveFrom(''));

  it.each([
    ['', '/a/x?y=%26'],
    ['/grafana', '/grafana/a/x?y=%26'],
  ])('links below the sub-path %j, also in a new tab', (subPath, href) => {
    serveFrom(subPath);
    renderInApp(<AppLinkButton href="/a/x?y=%26">go</AppLinkButton>);
    expect(screen.getByRole('link')).toHaveAttribute('href', href);
  });
});
