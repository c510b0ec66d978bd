import { t } from '@grafana/i18n';
import { SceneAppPage } from '@grafana/scenes';
import { buildPageUrl, ROUTES } from '../../platform/links/links';
import { createPageScene } from '../../panels/page/createPageScene';
import { OverviewScene } from './OverviewScene';
import { SearchScene } from './SearchScene';

export const overviewPage = () =>
  new SceneAppPage({
    title: t('overview.title', 'Overview'),
    subTitle: t('overview.subtitle', 'What runs, what waits, what needs you'),
    url: buildPageUrl('overview'),
    routePath: ROUTES.overview,
    getScene: () =>
      createPageScene({
        requires: 'prometheus',
        timePicker: false,
        controls: () => [new SearchScene({ text: '' })],
        body: () => new OverviewScene({}),
      }),
  });
