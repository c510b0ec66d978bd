import { SceneAppPage } from '@grafana/scenes';
import { buildPageUrl, ROUTES } from '../../platform/links/links';
import { createPageScene } from '../../panels/page/createPageScene';
import { OverviewScene } from './OverviewScene';
import { ResourceSearchScene } from './search/ResourceSearchScene';
import { t } from '../../platform/i18n';

export const overviewPage = () =>
  new SceneAppPage({
    title: t('overview.title', 'Overview'),
    subTitle: t('overview.subtitle', 'Health of jobs, nodes, and components'),
    url: buildPageUrl('overview'),
    routePath: ROUTES.overview,
    getScene: () =>
      createPageScene({
        requires: 'prometheus',
        timePicker: false,
        controls: () => [new ResourceSearchScene({ text: '' })],
        body: () => new OverviewScene({}),
      }),
  });
