import { SceneAppPage } from '@grafana/scenes';
import { buildPageUrl, ROUTES } from '../../platform/links/links';
import { createPageScene } from '../../panels/page/createPageScene';
import { MetricsScene } from './MetricsScene';
import { t } from '../../platform/i18n';

export const metricsPage = () =>
  new SceneAppPage({
    title: t('metrics.title', 'Metrics'),
    subTitle: t('metrics.subtitle', 'Explore the history of any metric'),
    url: buildPageUrl('metrics'),
    routePath: ROUTES.metrics,
    getScene: () =>
      createPageScene({
        requires: 'prometheus',
        from: 'now-3h',
        body: () => new MetricsScene(),
      }),
  });
