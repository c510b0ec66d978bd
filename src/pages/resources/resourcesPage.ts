import { t } from '@grafana/i18n';
import { SceneAppPage, type SceneAppPageLike } from '@grafana/scenes';
import { pageUrl, resourceUrl, ROUTES } from '../../app/links';
import { findKind } from '../../sedna/kinds';
import { pageScene } from '../../scenes/page';
import { detailScene } from './detailScene';
import { ListScene } from './ListScene';

export const resourcesPage = () =>
  new SceneAppPage({
    title: t('resources.title', 'Resources'),
    subTitle: t('resources.subtitle', 'Status of any custom resource, by name'),
    url: pageUrl('resources'),
    routePath: `${ROUTES.resources}/*`,
    getScene: () =>
      pageScene({
        needs: 'prometheus',
        timePicker: false,
        body: () => new ListScene(),
      }),
    drilldowns: [
      {
        routePath: ':kind/:namespace/:name',
        getPage: ({ params }, parent) =>
          detailPage(params.kind ?? '', params.namespace ?? '', params.name ?? '', parent),
      },
    ],
  });

function detailPage(kindName: string, namespace: string, name: string, parent: SceneAppPageLike) {
  const kind = findKind(kindName);
  return new SceneAppPage({
    title: name,
    subTitle: `${kindName} · ${namespace}`,
    url: resourceUrl(kindName, namespace, name),
    routePath: '',
    getParentPage: () => parent,
    getScene: () => detailScene(kind, { kindName, namespace, name }),
  });
}
