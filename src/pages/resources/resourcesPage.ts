import { EmbeddedScene, SceneAppPage, type SceneAppPageLike } from '@grafana/scenes';
import { buildPageUrl, buildPodUrl, POD_ROUTE, buildResourceUrl, ROUTES } from '../../platform/links/links';
import type { ObjectRef } from '../../sedna/objectRef';
import { getNotFoundPage } from '../../panels/page/notFoundPage';
import { createPageScene } from '../../panels/page/createPageScene';
import { RecentObjectTracker } from '../../panels/page/RecentObjectTracker';
import { findKind } from '../../sedna/kinds';
import { ResourceListScene } from './list/ResourceListScene';
import { PodRedirectScene } from './PodRedirectScene';
import { OBJECT_TABS, type ObjectTabDefinition } from './tabs';
import { UnknownKindScene } from './UnknownKindScene';
import { t } from '../../platform/i18n';

export const resourcesPage = () =>
  new SceneAppPage({
    title: t('resources.title', 'Resources'),
    subTitle: t('resources.subtitle', 'Find a Sedna resource and check its status'),
    url: buildPageUrl('resources'),
    routePath: `${ROUTES.resources}/*`,
    getFallbackPage: getNotFoundPage,
    getScene: () =>
      createPageScene({
        requires: 'prometheus',
        timePicker: false,
        body: () => new ResourceListScene(),
      }),
    drilldowns: [
      {
        routePath: `${POD_ROUTE}/:namespace/:pod`,
        getPage: ({ params }, parent) => createPodPage(params.namespace ?? '', params.pod ?? '', parent),
      },
      {
        routePath: ':kind/:namespace/:name/*',
        getPage: ({ params }, parent) =>
          createObjectPage(params.kind ?? '', params.namespace ?? '', params.name ?? '', parent),
      },
    ],
  });

/** Creates the page behind a pod's link, which redirects to the object that the pod works for. */
export const createPodPage = (namespace: string, pod: string, parent: SceneAppPageLike) =>
  new SceneAppPage({
    title: pod,
    subTitle: namespace,
    url: buildPodUrl(namespace, pod),
    routePath: '',
    getFallbackPage: getNotFoundPage,
    getParentPage: () => parent,
    getScene: () =>
      createPageScene({ requires: 'prometheus', from: 'now-3h', body: () => new PodRedirectScene({ namespace, pod }) }),
  });

/** URL keys that all tabs of an object share; any other key belongs to one tab. */
const SHARED_KEYS = ['from', 'to', 'timezone', 'refresh'];

/**
 * Creates the page of an object with the tabs of its kind.
 * @param kindName from the URL; a page without tabs says that an unknown kind is unknown
 */
export function createObjectPage(kindName: string, namespace: string, name: string, parent: SceneAppPageLike) {
  const kind = findKind(kindName);
  const page = {
    title: name,
    subTitle: `${kindName} · ${namespace}`,
    url: buildResourceUrl(kindName, namespace, name),
    routePath: '',
    getParentPage: () => parent,
  };
  if (!kind) {
    const unknownKind: SceneAppPage = new SceneAppPage({
      ...page,
      // Also for the tabs that an object would have.
      getFallbackPage: () => unknownKind,
      getScene: () => new EmbeddedScene({ body: new UnknownKindScene({ kindName }) }),
    });
    return unknownKind;
  }
  const ref: ObjectRef = { kind: kind.kind, namespace, name };
  return new SceneAppPage({
    ...page,
    getFallbackPage: getNotFoundPage,
    tabs: OBJECT_TABS.filter(({ isFor }) => isFor(kind)).map(
      (tab) =>
        new SceneAppPage({
          title: tab.title(),
          url: buildResourceUrl(kind.kind, namespace, name, tab.id),
          routePath: tab.id,
          preserveUrlKeys: SHARED_KEYS,
          getScene: () => createTabScene(tab, ref),
        })
    ),
  });
}

/** Creates the scene of a tab, which also adds the object to the recently opened ones. */
export function createTabScene(
  { needs, body, layers, isNow = false }: ObjectTabDefinition,
  ref: ObjectRef
): EmbeddedScene {
  const recentObjects = new RecentObjectTracker({ ref });
  return needs === undefined
    ? new EmbeddedScene({ controls: [recentObjects], body: body(ref) })
    : createPageScene({
        requires: needs,
        from: 'now-3h',
        timePicker: !isNow,
        controls: () => [recentObjects],
        state: () => ({ $data: layers?.(ref) }),
        body: () => body(ref),
      });
}
