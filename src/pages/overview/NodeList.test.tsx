import React from 'react';
import { screen } from '@testing-library/react';
import { renderInApp } from '../../test/render';
import { NodeList } from './NodeList';

const NOTE = 'Data from offline nodes may be outdated';
const nodes = [
  { node: 'edge-1', roles: ['agent', 'edge'], age: 7200, offline: true },
  { node: 'edge-2', roles: [], offline: true },
  { node: 'cloud', roles: ['master'], age: 3, offline: false },
];

describe('NodeList', () => {
  it('shows when each node last sent a heartbeat', () => {
    renderInApp(<NodeList nodes={nodes} />);
    const [offline, unknown, online] = screen.getAllByRole('listitem');
    expect(offline).toHaveTextContent(/edge-1 agent, edge.*Offline for 2 hours/);
    expect(unknown).toHaveTextContent(/edge-2.*No heartbeat recorded/);
    expect(online).toHaveTextContent(/cloud master.*Seen 3 s ago/);
    expect(screen.getByText(NOTE)).toBeInTheDocument();
  });

  it('does not warn of outdated data while all nodes are online', () => {
    renderInApp(<NodeList nodes={[nodes[2]]} />);
    expect(screen.queryByText(NOTE)).not.toBeInTheDocument();
  });
});
