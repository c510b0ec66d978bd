import React from 'react';
import { screen } from '@testing-library/react';
import { Route, Routes, useLocation } from 'react-router-dom';
import { createPageScene } from '../../panels/page/createPageScene';
import { CONNECTION_REFUSED, fakePrometheus, createSample, mockGrafana } from '../../test/mockGrafana';
import { renderInApp } from '../../test/render';
import { PodScene } from './PodScene';

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
    body: () => new PodScene({ namespace: 'robots', pod }),
  });
  renderInApp(
    <Routes>
      <Route path="/" element={<scene.Component model={scene} />} />
      <Route path="*" element={<Where />} />
    </Routes>
  );
  return prometheus;
}

it('leads from a worker pod to what it works for, whatever its name says, over the same time range', async () => {
  const prometheus = fakePrometheus();
  prometheus.answers.owners = [createSample({ kind: 'FederatedLearningJob', namespace: 'robots', name: 'dog' })];
  open('dog-train-train-x2z4q', prometheus);
  expect(await screen.findByRole('status')).toHaveTextContent(
    `${APP}/resources/FederatedLearningJob/robots/dog?${RANGE}`
  );
  expect(prometheus.requests[0].owners).toContain('{namespace="robots", pod="dog-train-train-x2z4q"}');
});

it('leads from any other pod to its logs', async () => {
  open('gm-0');
  expect(await screen.findByRole('status')).toHaveTextContent(`${APP}/logs?namespace=robots&pod=gm-0&${RANGE}`);
});

it('stays and says why where it cannot know, with the way to the logs', async () => {
  const prometheus = fakePrometheus();
  prometheus.failure = CONNECTION_REFUSED;
  open('dog-train-a', prometheus);
  expect(await screen.findByTestId('query-error')).toHaveTextContent('does not answer');
  expect(screen.getByRole('link', { name: 'Logs of this pod' })).toHaveAttribute(
    'href',
    `${APP}/logs?namespace=robots&pod=dog-train-a&${RANGE}`
  );
});
