import React from 'react';
import { screen } from '@testing-library/react';
import { Route, Routes, useLocation } from 'react-router-dom';
import { createPageScene } from '../../panels/page/createPageScene';
import { CONNECTION_REFUSED, fakePrometheus, createSample, mockGrafana } from '../../test/mockGrafana';
import { renderInApp } from '../../test/render';
import { PodRedirectScene } from './PodRedirectScene';
import { TEST_IDS } from '../../ui/testIds';

const APP = '/a/kubeedge-sedna-app';
const RANGE = 'from=now-6h&to=now';

function Where() {
  const { pathname, search } = useLocation();
  return <output>{pathname + search}</output>;
}

function open(pod: string, prometheus = fakePrometheus()) {
  mockGrafana({ dataSources: [prometheus] });
  const scene = createPageScene({
    requires: 'prometheus',
    from: 'now-6h',
    timePicker: false,
    body: () => new PodRedirectScene({ namespace: 'robots', pod }),
  });
  renderInApp(
    <Routes>
      <Route path="/" element={<scene.Component model={scene} />} />
      <Route path="*" element={<Where />} />
    </Routes>
  );
  return prometheus;
}

describe('PodRedirectScene', () => {
  it('redirects from a worker pod to its object, whatever its name, and keeps the time range', async () => {
    const prometheus = fakePrometheus();
    prometheus.answers.owners = [createSample({ kind: 'FederatedLearningJob', namespace: 'robots', name: 'dog' })];
    open('dog-train-train-x2z4q', prometheus);
    expect(await screen.findByRole('status')).toHaveTextContent(
      `${APP}/resources/FederatedLearningJob/robots/dog?${RANGE}`
    );
    expect(prometheus.requests[0].owners).toContain('{namespace="robots", pod="dog-train-train-x2z4q"}');
  });

  it('redirects from any other pod to its logs', async () => {
    open('gm-0');
    expect(await screen.findByRole('status')).toHaveTextContent(`${APP}/logs?namespace=robots&pod=gm-0&${RANGE}`);
  });

  it('shows an error and a link to the logs when the owner is unknown', async () => {
    const prometheus = fakePrometheus();
    prometheus.failure = CONNECTION_REFUSED;
    open('dog-train-a', prometheus);
    expect(await screen.findByTestId(TEST_IDS.queryError)).toHaveTextContent("Can't reach");
    expect(screen.getByRole('link', { name: 'View pod logs' })).toHaveAttribute(
      'href',
      `${APP}/logs?namespace=robots&pod=dog-train-a&${RANGE}`
    );
  });
});
