import React from 'react';
import { screen } from '@testing-library/react';
import { renderInApp } from '../../test/render';
import { ComponentList } from './ComponentList';

describe('ComponentList', () => {
  it('shows the phase of each pod and links to its logs', () => {
    renderInApp(<ComponentList components={[{ pod: 'gm-0', phase: 'Pending' }]} />);
    expect(screen.getByRole('listitem')).toHaveTextContent('Pending');
    expect(screen.getByRole('link', { name: 'gm-0' })).toHaveAttribute(
      'href',
      '/a/kubeedge-sedna-app/logs?namespace=sedna&pod=gm-0'
    );
  });

  it('says that no components are found', () => {
    renderInApp(<ComponentList components={[]} />);
    expect(screen.getByText('No components found in the sedna namespace')).toBeInTheDocument();
  });
});
