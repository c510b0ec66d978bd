/** Renders what stands inside Grafana's page. */
import React, { type ReactElement } from 'react';
import { PluginContextProvider, type PluginMeta } from '@grafana/data';
import { EmbeddedScene, SceneTimeRange, type SceneObject } from '@grafana/scenes';
import { configure, render } from '@testing-library/react';
import { MemoryRouter } from 'react-router-dom';
import { PLUGIN_ID } from '../platform/links/links';
import { createPageScene } from '../panels/page/createPageScene';

// Finding by role takes long in jsdom; a busy machine should not make a test fail.
jest.setTimeout(30_000);
configure({ asyncUtilTimeout: 15_000 });

/** Text and boxes have a size in a browser and none in jsdom; lists that show what fits would show nothing. */
function giveSizes(): void {
  const context = { measureText: (text: string) => ({ width: text.length * 8 }) };
  jest.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(context as never);
  jest
    .spyOn(Element.prototype, 'getBoundingClientRect')
    .mockReturnValue({ width: 200, height: 400, top: 0, left: 0, bottom: 400, right: 200, x: 0, y: 0 } as DOMRect);
  for (const side of ['clientHeight', 'clientWidth'] as const) {
    jest.spyOn(Element.prototype, side, 'get').mockReturnValue(400);
  }
  for (const side of ['offsetHeight', 'offsetWidth'] as const) {
    jest.spyOn(HTMLElement.prototype, side, 'get').mockReturnValue(400);
  }
}

export function renderInApp(element: ReactElement) {
  giveSizes();
  const future = { v7_startTransition: true, v7_relativeSplatPath: true };
  return render(
    <PluginContextProvider meta={{ id: PLUGIN_ID } as PluginMeta}>
      <MemoryRouter future={future}>{element}</MemoryRouter>
    </PluginContextProvider>
  );
}

/**
 * A scene object as the body of a page with time range and refresh button.
 * @param refresh how often it asks by itself; undefined as often as pages do, and never unless told: on a busy machine
 * a test may take longer
 */
export function renderPage(
  body: SceneObject,
  needs: 'prometheus' | 'loki' = 'prometheus',
  { refresh }: { refresh?: string } = { refresh: '' }
) {
  const scene = createPageScene({ requires: needs, timePicker: false, refresh, body: () => body });
  return renderInApp(<scene.Component model={scene} />);
}

/** A scene object in a scene of its own. */
export function renderScene(body: SceneObject) {
  const scene = new EmbeddedScene({ $timeRange: new SceneTimeRange({ from: 'now-1h', to: 'now' }), body });
  return renderInApp(<scene.Component model={scene} />);
}
