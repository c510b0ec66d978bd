import { t } from '@grafana/i18n';
import { SceneAppPage } from '@grafana/scenes';
import { pageUrl, ROUTES } from '../../app/links';
import { pageScene } from '../../scenes/page';
import { OverviewScene } from './OverviewScene';
import { SearchScene } from './SearchScene';

export const overviewPage = () =>
  new SceneAppPage({
    title: t('overview.title', 'Overview'),
    subTitle: t('overview.subtitle', 'What runs, what waits, what needs you'),
    url: pageUrl('overview'),
    routePath: ROUTES.overview,
    getScene: () =>
      pageScene({
        needs: 'prometheus',
        timePicker: false,
        controls: () => [new SearchScene({ text: '' })],
        body: () => new OverviewScene({}),
      }),
  });
