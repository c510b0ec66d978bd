import { t } from '@grafana/i18n';
import { EmbeddedScene, SceneAppPage, type SceneAppPageLike } from '@grafana/scenes';
import { buildPageUrl, buildPodUrl, POD_ROUTE, buildResourceUrl, ROUTES } from '../../platform/links/links';
import type { ObjectRef } from '../../query/resources';
import { createPageScene } from '../../panels/page/createPageScene';
import { RecentObjectTracker } from '../../panels/page/RecentObjectTracker';
import { findKind } from '../../sedna/kinds';
import { ListScene } from './ListScene';
import { PodScene } from './PodScene';
import { TABS, type Tab } from './tabs';
import { UnknownKindScene } from './UnknownKindScene';

export const resourcesPage = () =>
  new SceneAppPage({
    title: t('resources.title', 'Resources'),
    subTitle: t('resources.subtitle', 'Status of any custom resource, by name'),
    url: buildPageUrl('resources'),
    routePath: `${ROUTES.resources}/*`,
    getScene: () =>
      createPageScene({
        requires: 'prometheus',
        timePicker: false,
        body: () => new ListScene(),
      }),
    drilldowns: [
      {
        routePath: `${POD_ROUTE}/:namespace/:pod`,
        getPage: ({ params }, parent) => podPage(params.namespace ?? '', params.pod ?? '', parent),
      },
      {
        routePath: ':kind/:namespace/:name/*',
        getPage: ({ params }, parent) =>
          detailPage(params.kind ?? '', params.namespace ?? '', params.name ?? '', parent),
      },
    ],
  });

/** Nobody stays here: it leads on to what the pod works for. */
export const podPage = (namespace: string, pod: string, parent: SceneAppPageLike) =>
  new SceneAppPage({
    title: pod,
    subTitle: namespace,
    url: buildPodUrl(namespace, pod),
    routePath: '',
    getParentPage: () => parent,
    getScene: () =>
      createPageScene({ requires: 'prometheus', from: 'now-3h', body: () => new PodScene({ namespace, pod }) }),
  });

/** What a tab keeps of the URL of another one; anything else is its own. */
const SHARED_KEYS = ['from', 'to', 'timezone', 'refresh'];

export function detailPage(kindName: string, namespace: string, name: string, parent: SceneAppPageLike) {
  const kind = findKind(kindName);
  const page = {
    title: name,
    subTitle: `${kindName} · ${namespace}`,
    url: buildResourceUrl(kindName, namespace, name),
    routePath: '',
    getParentPage: () => parent,
  };
  if (!kind) {
    return new SceneAppPage({
      ...page,
      getScene: () => new EmbeddedScene({ body: new UnknownKindScene({ kindName }) }),
    });
  }
  const ref: ObjectRef = { kind: kind.kind, namespace, name };
  return new SceneAppPage({
    ...page,
    tabs: TABS.filter(({ isFor }) => isFor(kind)).map(
      (tab) =>
        new SceneAppPage({
          title: tab.title(),
          url: buildResourceUrl(kind.kind, namespace, name, tab.id),
          routePath: tab.id,
          preserveUrlKeys: SHARED_KEYS,
          getScene: () => tabScene(tab, ref),
        })
    ),
  });
}

export function tabScene({ needs, body, layers, isNow = false }: Tab, ref: ObjectRef): EmbeddedScene {
  const remember = new RecentObjectTracker({ ref });
  return needs === undefined
    ? new EmbeddedScene({ controls: [remember], body: body(ref) })
    : createPageScene({
        requires: needs,
        from: 'now-3h',
        timePicker: !isNow,
        controls: () => [remember],
        state: () => ({ $data: layers?.(ref) }),
        body: () => body(ref),
      });
}
