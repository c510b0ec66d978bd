import { EmbeddedScene, SceneAppPage, SceneReactObject } from '@grafana/scenes';
import { getNotFoundTitle, NotFound } from '../../ui/feedback/NotFound';

let notFoundPage: SceneAppPage | undefined;

/** Returns the page for paths below a page that match none of its routes. One page serves all: it has no state. */
export const getNotFoundPage = (): SceneAppPage =>
  (notFoundPage ??= new SceneAppPage({
    title: getNotFoundTitle(),
    url: '',
    routePath: '*',
    getScene: () => new EmbeddedScene({ body: new SceneReactObject({ component: NotFound }) }),
  }));
