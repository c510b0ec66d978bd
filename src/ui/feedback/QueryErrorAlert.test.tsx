import React from 'react';
import { screen } from '@testing-library/react';
import { renderInApp } from '../../test/render';
import { QueryErrorAlert } from './QueryErrorAlert';

describe('QueryErrorAlert', () => {
  it('shows the cause, advice, and the message of the data source', () => {
    renderInApp(
      <QueryErrorAlert
        error={{ status: 403, data: { message: 'role Viewer may not query' } }}
        source={'<b>Prom</b> & co'}
      />
    );
    const alert = screen.getByRole('alert', { name: "You don't have permission to query <b>Prom</b> & co" });
    expect(alert).toHaveTextContent('Ask an administrator for permission');
    expect(alert).toHaveTextContent('role Viewer may not query');
  });

  it('shows markup in a message as text', () => {
    renderInApp(<QueryErrorAlert error={{ message: '<img src=x onerror=alert(1)>' }} source="Loki" />);
    expect(screen.getByText('<img src=x onerror=alert(1)>')).toBeInTheDocument();
    expect(document.querySelector('img')).toBeNull();
  });

  it('shows an error without a message', () => {
    renderInApp(<QueryErrorAlert error={{}} source="Loki" />);
    expect(screen.getByRole('alert', { name: "Loki couldn't answer" })).toBeInTheDocument();
  });
});
